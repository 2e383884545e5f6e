package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// helpWidth is how many columns the help takes at most.
const helpWidth = 79

// fit breaks the help of the commands into lines, which cobra leaves as they are.
func fit(commands ...*cobra.Command) {
	for _, c := range commands {
		paragraphs := strings.Split(c.Long, "\n\n")
		for i, each := range paragraphs {
			if !strings.HasPrefix(each, "  ") && !strings.Contains(each, "\n  ") {
				paragraphs[i] = fold(each, helpWidth)
			}
		}
		c.Long = strings.Join(paragraphs, "\n\n")
		for _, set := range []*pflag.FlagSet{c.Flags(), c.PersistentFlags()} {
			set.VisitAll(func(f *pflag.Flag) { f.Usage = fold(f.Usage, 46) })
		}
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
