//go:build unix

package hygiene

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"unleash-invite/e2e/terminal"
)

// jobShell is an interactive bash, whose prompt is "ready> " and which has the program in $PROGRAM.
type jobShell struct {
	*terminal.Terminal
	t *testing.T
}

func startShell(t *testing.T, env ...string) jobShell {
	t.Helper()
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("bash is not installed, and its job control is needed")
	}
	inputrc := filepath.Join(t.TempDir(), "inputrc")
	if err := os.WriteFile(inputrc, []byte("set enable-bracketed-paste off\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env = append(env, "PROGRAM="+program(t), "PS1=ready> ", "INPUTRC="+inputrc)
	screen := terminal.Start(t, terminal.Options{Env: env}, bash, "--norc", "--noprofile", "-i")
	screen.WaitFor("ready>")
	s := jobShell{screen, t}
	s.run("before=$(stty -g); clear")
	return s
}

// run types a command line.
func (s jobShell) run(line string) {
	s.t.Helper()
	s.Send(line + "\r")
}

// lastLine is the last line on the screen that is not empty.
func (s jobShell) lastLine() string {
	lines := strings.Split(strings.TrimRight(s.Screen(), "\n "), "\n")
	return lines[len(lines)-1]
}

// waitForPrompt waits until the shell asks for a command below all else: prompts above are those from before the program.
func (s jobShell) waitForPrompt() {
	s.t.Helper()
	for deadline := time.Now().Add(10 * time.Second); s.lastLine() != "ready>"; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			s.t.Fatalf("the prompt never came:\n%s", s.Screen())
		}
	}
}

// waitUntilStopped waits until the shell knows that its job, which need not say so, is stopped.
func (s jobShell) waitUntilStopped() {
	s.t.Helper()
	s.run("clear; until jobs | grep -q Stopped; do sleep 0.1; done; echo is st''opped") // the typed line must not be found
	s.WaitFor("is stopped")
}

// checkAsBefore checks that the shell is as before the program, and waits for input with an empty line.
func (s jobShell) checkAsBefore() {
	s.t.Helper()
	s.waitForPrompt()
	if left := modesLeft(s.Output()); left != nil {
		s.t.Errorf("modes left changed: %v", left)
	}
	time.Sleep(100 * time.Millisecond) // what is too much in the shell's input would be there by now
	if line := s.lastLine(); line != "ready>" {
		s.t.Errorf("the prompt is %q", line)
	}
	s.run(`[ "$before" = "$(stty -g)" ] && echo as"" before || echo chan""ged`)
	s.WaitFor("as before")
}

func TestSuspendAndForeground(t *testing.T) {
	t.Parallel()
	i := serve(t, 0)
	s := startShell(t, i.env()...)
	s.run("$PROGRAM")
	s.WaitFor("● Active")
	s.Type("ctrl+z")
	s.WaitFor("Stopped")
	s.checkAsBefore()
	stopped := i.requests.Load()
	s.Resize(100, 30)
	time.Sleep(11 * time.Second) // longer than from one refresh to the next
	if asked := i.requests.Load() - stopped; asked != 0 {
		t.Errorf("it asked the server %d times while it was stopped", asked)
	}
	s.run("fg")
	s.WaitFor("● Active")
	s.WaitForAbsent("Stopped")
	waitFor(t, func() bool { return i.requests.Load() > stopped })
	time.Sleep(300 * time.Millisecond)
	if asked := i.requests.Load() - stopped; asked > 10 {
		t.Errorf("it asks the server %d times at once", asked)
	}
	waitFor(t, func() bool { // it fills the new window
		rows := strings.Split(s.Screen(), "\n")
		return len(rows) == 30 && strings.Contains(rows[29], "q quit") && strings.HasSuffix(rows[0], "admin") && len(rows[0]) >= 95
	})
	s.Type("q")
	s.checkAsBefore()
}

// waitFor waits until the condition holds.
func waitFor(t *testing.T, condition func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !condition(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it never came")
		}
	}
}

func TestSuspendInEveryPlace(t *testing.T) {
	for _, p := range places {
		if p.name == "notice" {
			continue // what was said is not said again
		}
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			s := startShell(t)
			s.run("$PROGRAM --demo")
			p.enter(s.Terminal)
			cursor := strings.HasSuffix(lastCursor(s.Output()), "h")
			for range 2 {
				s.Type("ctrl+z")
				s.WaitFor("+  Stopped") // as the shell says; the screen may have the word, too
				if left := modesLeft(s.Output()); left != nil {
					t.Errorf("modes left changed: %v", left)
				}
				s.run("clear; fg")
				s.WaitFor(p.shows)
				s.WaitForAbsent("PROGRAM")
				waitFor(t, func() bool { return strings.HasSuffix(lastCursor(s.Output()), "h") == cursor })
			}
			s.Type("ctrl+c")
			s.checkAsBefore()
		})
	}
}

// lastCursor is the last sequence that showed or hid the cursor.
func lastCursor(output []byte) string {
	last := ""
	for _, seq := range sequences(output) {
		if strings.HasPrefix(seq, "\x1b[?25") {
			last = seq
		}
	}
	return last
}

func TestJobControl(t *testing.T) {
	tests := []struct {
		name  string
		steps func(jobShell)
	}{
		{"bg and fg", func(s jobShell) {
			s.run("$PROGRAM --demo")
			s.WaitFor("● Active")
			s.Type("ctrl+z")
			s.WaitFor("Stopped")
			s.run("bg")
			s.waitUntilStopped() // again, since the terminal is not its own
			s.run("fg")
			s.WaitFor("● Active")
		}},
		{"started in the background", func(s jobShell) {
			s.run("$PROGRAM --demo &")
			s.waitUntilStopped()
			s.run("fg")
			s.WaitFor("● Active")
		}},
		{"stopped from outside", func(s jobShell) {
			s.run("$PROGRAM --demo")
			s.WaitFor("● Active")
			signalProgram(s.t, s.Terminal, "STOP")
			s.WaitFor("Stopped")
			s.WaitFor("ready>")
			s.run("clear; fg")
			s.WaitForAbsent("ready>")
			s.WaitFor("● Active") // drawn again
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := startShell(t)
			tt.steps(s)
			s.Type("q")
			s.WaitForAbsent("● Active")
			s.checkAsBefore()
		})
	}
}

// signalProgram sends a signal to the shell's only child.
func signalProgram(t *testing.T, shell *terminal.Terminal, name string) {
	t.Helper()
	if out, err := exec.Command("pkill", "-"+name, "-P", strconv.Itoa(shell.Process().Pid)).CombinedOutput(); err != nil {
		t.Skipf("pkill: %v %s", err, out)
	}
}

func TestKillWhileSuspended(t *testing.T) {
	for _, sig := range []string{"TERM", "HUP", "INT"} {
		t.Run(sig, func(t *testing.T) {
			t.Parallel()
			s := startShell(t)
			s.run("$PROGRAM --demo")
			s.WaitFor("● Active")
			s.Type("ctrl+z")
			s.WaitFor("Stopped")
			written := len(s.Output())
			s.run("clear; kill -" + sig + " %1; fg >/dev/null 2>&1") // which an interrupted job ends, too
			s.run("jobs; echo o''ver")
			s.WaitFor("over")
			if strings.Contains(s.Screen(), "unleash") || strings.Contains(string(s.Output()[written:]), "\x1b[?1049") {
				t.Errorf("it did not just end:\n%s", s.Screen())
			}
			s.checkAsBefore()
		})
	}
}

func TestSuspendWithoutAShell(t *testing.T) {
	t.Parallel()
	screen := start(t, terminal.Options{})
	screen.WaitFor("● Active")
	screen.Type("ctrl+z")
	screen.WaitFor("There is no shell to go back to")
	screen.Type("q")
	if code := screen.Wait(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}
