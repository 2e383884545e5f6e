package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// helpWidth is how many columns the help takes at most.
const helpWidth = 79

// fit breaks the help of a command and of those below it into lines, which cobra leaves as they are.
func fit(root *cobra.Command) {
	wrapped := fmt.Sprint(".FlagUsagesWrapped ", helpWidth-4) // pflag lets a last line be 4 longer
	root.SetUsageTemplate(strings.ReplaceAll(root.UsageTemplate(), ".FlagUsages", wrapped))
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
