package e2e

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"unleash-invite/e2e/terminal"
)

// commandsOn are the commands that x shows, as a mouse would select them.
func commandsOn(t *testing.T, window *terminal.Terminal) string {
	t.Helper()
	window.Type("x")
	window.WaitFor("As curl:")
	window.WaitFor("/validate'")
	_, shown, _ := strings.Cut(window.Screen(), "stands for your token.\n\n")
	commands, _, _ := strings.Cut(shown, "\n\n")
	window.Type("esc")
	window.WaitForAbsent("As curl:")
	return commands
}

// inShell runs the commands and returns what they print.
func inShell(t *testing.T, commands, credential string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), "sh", "-c", commands)
	command.Env = append(os.Environ(), "UNLEASH_TOKEN="+credential)
	output, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s\n%s", err, output, commands)
	}
	return string(output)
}

// TestTheShownCommandsWorkOnTheRealServer runs what x shows after creating and deleting.
func TestTheShownCommandsWorkOnTheRealServer(t *testing.T) {
	i := unleash(t)
	disableAll(t, i)
	before := len(tokens(t, i))
	window := open(t, i, i.AdminToken, terminal.Options{Width: 100, Height: 40})
	window.WaitFor("n new link")
	window.Type("n")
	window.WaitFor("New invite link")
	window.Type("shift+tab", "backspace", `it's $(x) \`, "enter")
	window.WaitFor("Created:")
	creating := commandsOn(t, window)
	window.Type("d")
	window.WaitFor("Delete this link?")
	window.Type("y")
	window.WaitFor("Deleted:")
	deleting := commandsOn(t, window)

	if output := inShell(t, creating, i.AdminToken); !strings.HasSuffix(output, "400\n") { // that of the deleted link
		t.Errorf("creating printed %s", output)
	}
	var names []string
	for _, each := range tokens(t, i) {
		if each.Enabled {
			names = append(names, each.Name)
		}
	}
	if len(tokens(t, i)) != before+2 || len(names) != 1 || !strings.HasSuffix(names[0], `it's $(x) \`) {
		t.Errorf("the command made %q:\n%s", names, creating)
	}
	disableAll(t, i)
	window.Type("ctrl+r")
	window.WaitFor("○ Deleted")
	window.Type("u")
	window.WaitFor("Restored:")
	if output := inShell(t, deleting, i.AdminToken); !strings.HasSuffix(output, "400\n") {
		t.Errorf("deleting printed %s:\n%s", output, deleting)
	}
	disableAll(t, i)
}
