package clipboard

import (
	"context"
	"os/exec"
	"strings"
	"time"
)

// run runs a command with the input and returns what it prints. When the context
// ends, so do the command and its children.
func run(ctx context.Context, input, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // the name is one of ours, the text goes to its input
	cmd.Stdin = strings.NewReader(input)
	var printed strings.Builder
	if name == "tmux" { // a clipboard program's child holds its output open for as long as it keeps the text
		cmd.Stdout = &printed
	}
	cmd.WaitDelay = 100 * time.Millisecond
	apart(cmd)
	err := cmd.Run()
	return printed.String(), err
}
