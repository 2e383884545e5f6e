package cli

import (
	"errors"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// helpWidth is how many columns the help takes at most.
const helpWidth = 79

// fit breaks the help of a command and of those below it into lines, which cobra leaves as they are.
func fit(root *cobra.Command) {
	root.SetUsageFunc(wrapped(root.UsageFunc()))
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

// wrapped writes the usage of a command with its flags wrapped. A usage template would do the same, but it brings Go's
// templates into the program, which take 2 MB of memory.
func wrapped(usual func(*cobra.Command) error) func(*cobra.Command) error {
	return func(c *cobra.Command) error {
		out := c.OutOrStderr()
		var written strings.Builder
		c.SetOut(&written)
		err := usual(c)
		c.SetOut(out)
		text := written.String()
		for _, flags := range []*pflag.FlagSet{c.LocalFlags(), c.InheritedFlags()} {
			if flags.HasAvailableFlags() { // pflag lets a last line be 4 longer
				text = strings.Replace(text, trimmed(flags.FlagUsages()), trimmed(flags.FlagUsagesWrapped(helpWidth-4)), 1)
			}
		}
		_, failed := io.WriteString(out, text)
		return errors.Join(err, failed)
	}
}

func trimmed(text string) string { return strings.TrimRight(text, "\n ") }

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
