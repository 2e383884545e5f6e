//go:build unix

package hygiene

import (
	"fmt"
	"regexp"
	"strconv"
	"syscall"
	"testing"
	"time"

	"unleash-invite/e2e/terminal"
)

// inScript runs the program in a script that says its process, its exit code, whether the line's settings are as
// before, and what then waits to be read by the shell.
const inScript = `trap : INT QUIT HUP TERM
before=$(stty -g)
sh -c 'echo "pid=$$."; exec "$@"' sh "$@"
code=$?
[ "$(stty -g)" = "$before" ] && same=yes || same=no
stty -icanon -echo min 0 time 2
left=$(dd bs=4096 count=1 2>/dev/null | od -An -c | tr -d ' \n')
echo "code=$code same=$same left=<$left>."`

// startInScript runs the program, on the demo instance unless the environment has another.
func startInScript(t *testing.T, options terminal.Options) *terminal.Terminal {
	t.Helper()
	args := []string{"--demo"}
	if options.Env != nil {
		args = nil
	}
	return terminal.Start(t, options, "sh", append([]string{"-c", inScript, "sh", program(t)}, args...)...)
}

var (
	pidLine  = regexp.MustCompile(`pid=(\d+)\.`)
	lastLine = regexp.MustCompile(`code=(\d+) same=(\w+) left=<(.*)>\.`)
)

// process waits for the program to be started, and returns its number.
func process(t *testing.T, screen *terminal.Terminal) int {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if found := pidLine.FindSubmatch(screen.Output()); found != nil {
			pid, _ := strconv.Atoi(string(found[1]))
			return pid
		}
	}
	t.Fatal("the program did not start")
	return 0
}

// end ends the program in the way.
func (w way) end(t *testing.T, screen *terminal.Terminal, pid int) {
	t.Helper()
	if w.key != "" {
		screen.Type(w.key)
	} else if err := syscall.Kill(pid, w.sig); err != nil {
		t.Errorf("%v: %v", w.sig, err)
	}
}

// checkLeft checks that the terminal is as it was found, and returns the exit code.
func checkLeft(t *testing.T, screen *terminal.Terminal) int {
	t.Helper()
	screen.Wait()
	found := lastLine.FindSubmatch(screen.Output())
	if found == nil {
		t.Fatalf("the script did not end well:\n%q", screen.Output())
	}
	if string(found[2]) != "yes" {
		t.Error("the line's settings are not as before")
	}
	if len(found[3]) > 0 {
		t.Errorf("the shell reads %q", found[3])
	}
	if left := modesLeft(screen.Output()); left != nil {
		t.Errorf("modes left changed: %v", left)
	}
	checkSequences(t, screen.Output())
	code, _ := strconv.Atoi(string(found[1]))
	return code
}

// way is how the program is ended, and the exit code that follows.
type way struct {
	name string
	key  string
	sig  syscall.Signal
	code int
}

var ways = []way{
	{"q", "q", 0, 0},
	{"ctrl+c", "ctrl+c", 0, 0},
	{"SIGTERM", "", syscall.SIGTERM, 143},
	{"SIGHUP", "", syscall.SIGHUP, 129},
	{"SIGINT", "", syscall.SIGINT, 130},
}

func TestLeavingAtAnyMoment(t *testing.T) {
	for _, ms := range []int{5, 10, 15, 20, 30, 40, 60, 100, 200, 500, 2000} {
		for _, way := range ways {
			t.Run(fmt.Sprintf("%s after %d ms", way.name, ms), func(t *testing.T) {
				t.Parallel()
				screen := startInScript(t, terminal.Options{AnswerAfter: 60 * time.Millisecond})
				pid := process(t, screen)
				time.Sleep(time.Duration(ms) * time.Millisecond)
				way.end(t, screen, pid)
				code := checkLeft(t, screen)
				// ctrl+c before the line is raw is a SIGINT.
				if code != way.code && (way.key != "ctrl+c" || code != 130) {
					t.Errorf("exit code %d", code)
				}
			})
		}
	}
}

func TestLeavingInEveryPlace(t *testing.T) {
	for i, p := range places {
		for _, way := range ways[1:] {
			if way.sig != 0 && way.sig != ways[2+i%3].sig {
				continue // one signal for each place
			}
			t.Run(way.name+" in "+p.name, func(t *testing.T) {
				t.Parallel()
				screen := startInScript(t, terminal.Options{AnswerAfter: 60 * time.Millisecond})
				p.enter(screen)
				way.end(t, screen, process(t, screen))
				if code := checkLeft(t, screen); code != way.code {
					t.Errorf("exit code %d", code)
				}
			})
		}
	}
}

func TestLeavingInTheMiddleOfAWrite(t *testing.T) {
	t.Run("a signal", func(t *testing.T) {
		t.Parallel()
		i := serve(t, time.Minute)
		screen := startInScript(t, terminal.Options{Env: i.env()})
		screen.WaitFor("● Active")
		screen.Type("d", "y")
		screen.WaitFor("Deleting the link…")
		ways[2].end(t, screen, process(t, screen))
		if code := checkLeft(t, screen); code != 143 {
			t.Errorf("exit code %d", code)
		}
		screen.WaitFor("Deleting the link was still under way")
	})
	t.Run("q waits for the outcome", func(t *testing.T) {
		t.Parallel()
		i := serve(t, time.Second)
		screen := startInScript(t, terminal.Options{Env: i.env()})
		screen.WaitFor("● Active")
		screen.Type("r", "y")
		screen.WaitFor("deleting the old link")
		screen.Type("q")
		screen.WaitFor("Quitting as soon as this is done")
		if code := checkLeft(t, screen); code != 0 {
			t.Errorf("exit code %d", code)
		}
		screen.WaitFor("unleash-invite: Rotated")
	})
	t.Run("ctrl+c twice does not", func(t *testing.T) {
		t.Parallel()
		i := serve(t, time.Minute)
		screen := startInScript(t, terminal.Options{Env: i.env()})
		screen.WaitFor("● Active")
		screen.Type("d", "y", "ctrl+c", "ctrl+c")
		if code := checkLeft(t, screen); code != 1 {
			t.Errorf("exit code %d", code)
		}
		screen.WaitFor("was still under way")
	})
}

func TestSettingsAreRestoredAsTheKernelTells(t *testing.T) {
	t.Parallel()
	screen := terminal.Start(t, terminal.Options{}, "sh", "-c", `echo ready; read _; "$1" --demo; echo over; read _`, "sh", program(t))
	screen.WaitFor("ready")
	before := screen.Settings()
	screen.Type("enter")
	screen.WaitFor("● Active")
	if screen.Settings().Same(before) {
		t.Error("the line is not raw")
	}
	screen.Type("q")
	screen.WaitFor("over")
	if !screen.Settings().Same(before) {
		t.Error("the line's settings are not as before")
	}
}
