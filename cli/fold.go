package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// helpWidth is how many columns the help takes at most.
const helpWidth = 79

// fit breaks the help of a command and of those below it into lines, which cobra leaves as they are.
func fit(root *cobra.Command) {
	usual := root.UsageFunc()
	root.SetUsageFunc(func(c *cobra.Command) error { // not before: completion tells what a flag means in one line
		for _, set := range []*pflag.FlagSet{c.LocalFlags(), c.InheritedFlags()} {
			set.VisitAll(func(f *pflag.Flag) { f.Usage = fold(f.Usage, 46) })
		}
		return usual(c)
	})
	for _, c := range append(root.Commands(), root) {
		paragraphs := strings.Split(c.Long, "\n\n")
		for i, each := range paragraphs {
			if !strings.HasPrefix(each, "  ") && !strings.Contains(each, "\n  ") {
				paragraphs[i] = fold(each, helpWidth)
			}
		}
		c.Long = strings.Join(paragraphs, "\n\n")
	}
}

// fold breaks a text into lines of at most width bytes, where words allow it.
func fold(text string, width int) string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && len(line)+1+len(word) > width {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	return strings.Join(append(lines, line), "\n")
}
