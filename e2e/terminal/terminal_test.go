package terminal

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// start runs a shell script in a terminal.
func start(t *testing.T, options Options, script string) *Terminal {
	t.Helper()
	return Start(t, options, "sh", "-c", script)
}

func TestMain(m *testing.M) {
	code := m.Run()
	if err := RemoveBuilds(); err != nil {
		panic(err)
	}
	os.Exit(code)
}

func TestScreen(t *testing.T) {
	terminal := start(t, Options{}, `printf 'one   \r\n\033[31mtwo\033[0m ✓\r\n\033[10;3Hthree'; read line`)
	terminal.WaitFor("three")
	rows := strings.Split(terminal.Screen(), "\n")
	if len(rows) != 24 || rows[0] != "one" || rows[1] != "two ✓" || rows[9] != "  three" {
		t.Errorf("the screen is %q", rows)
	}
	if !strings.Contains(string(terminal.Output()), "\x1b[31mtwo") {
		t.Errorf("the output is %q", terminal.Output())
	}
}

func TestScrollingRegionOfALargerScreen(t *testing.T) {
	terminal := start(t, Options{Height: 4}, `printf 'one\r\n\033[1;12r\033[H\033Mzero\033[12;1H\nlast'; read line`)
	terminal.WaitFor("last")
	if rows := strings.Split(terminal.Screen(), "\n"); len(rows) != 4 || rows[0] != "one" || rows[3] != "last" {
		t.Errorf("the screen is %q", rows)
	}
}

func TestWaitForAbsent(t *testing.T) {
	terminal := start(t, Options{}, `printf gone; read line; printf '\033[2J'; read line`)
	terminal.WaitFor("gone")
	terminal.Type("enter")
	terminal.WaitForAbsent("gone")
}

func TestWaitForLastWords(t *testing.T) {
	start(t, Options{}, "echo bye").WaitFor("bye")
}

func TestWait(t *testing.T) {
	if code := start(t, Options{}, "exit 7").Wait(); code != 7 {
		t.Errorf("the exit code is %d", code)
	}
}

func TestType(t *testing.T) {
	terminal := start(t, Options{}, `stty raw -echo; echo ready; cat -vt`)
	terminal.WaitFor("ready")
	terminal.Type("text ü", "up", "ctrl+c", "esc", "tab", "shift+tab", "enter", "ctrl+z", "enter+")
	terminal.WaitFor("text M-CM-<^[[A^C^[^I^[[Z^M^Zenter+")
}

func TestControlKeysAct(t *testing.T) {
	terminal := start(t, Options{}, `trap 'echo interrupted; exit 3' INT; echo ready; while :; do sleep 0.1; done`)
	terminal.WaitFor("ready")
	terminal.Type("ctrl+c")
	terminal.WaitFor("interrupted")
	if code := terminal.Wait(); code != 3 {
		t.Errorf("the exit code is %d", code)
	}
}

func TestSignal(t *testing.T) {
	terminal := start(t, Options{}, `trap 'echo got it; exit 4' TERM; echo ready; while :; do sleep 0.1; done`)
	terminal.WaitFor("ready")
	terminal.Signal(syscall.SIGTERM)
	terminal.WaitFor("got it")
	if code := terminal.Wait(); code != 4 {
		t.Errorf("the exit code is %d", code)
	}
}

func TestResize(t *testing.T) {
	terminal := start(t, Options{Width: 40, Height: 12}, `trap 'stty size' WINCH; stty size; while :; do sleep 0.1; done`)
	terminal.WaitFor("12 40")
	terminal.Resize(120, 50)
	terminal.WaitFor("50 120")
	if rows := strings.Count(terminal.Screen(), "\n") + 1; rows != 50 {
		t.Errorf("the screen has %d rows", rows)
	}
}

func TestAnswer(t *testing.T) {
	// Asks where the cursor is, and waits for so many tenths of a second; the answer ends with R.
	const ask = `stty raw -echo min 0 time %d; printf '\033[6n'; answer=$(dd bs=16 count=1 2>/dev/null | cat -v); printf "got <$answer>\r\n"`
	for _, test := range []struct {
		answer bool
		tenths int
		want   string
	}{{true, 100, "got <^[[1;1R>"}, {false, 10, "got <>"}} {
		start(t, Options{Answer: test.answer, Timeout: 20 * time.Second}, fmt.Sprintf(ask, test.tenths)).WaitFor(test.want)
	}
}

func TestManyUnreadAnswers(t *testing.T) {
	const ask = `stty raw -echo; i=0; while [ $i -lt 3000 ]; do printf '\033[6n'; i=$((i+1)); done; echo done; sleep 60`
	start(t, Options{}, ask).WaitFor("done")
	// A program that reads nothing fills the terminal's queue, and even then closing must not hang.
	start(t, Options{Answer: true}, ask)
	time.Sleep(200 * time.Millisecond)
}

func TestEnvironment(t *testing.T) {
	for _, name := range []string{"TMUX", "SSH_CONNECTION", "DISPLAY", "NO_COLOR"} {
		t.Setenv(name, "leaked")
	}
	terminal := start(t, Options{Env: []string{"EXTRA=1", "TERM=dumb"}}, `env; echo "end"`)
	terminal.WaitFor("end")
	screen := terminal.Screen()
	if strings.Contains(screen, "leaked") {
		t.Error("variables of the test leak into the program")
	}
	for _, want := range []string{"TERM=dumb\n", "EXTRA=1\n", "LANG=C.UTF-8\n", "HOME=/"} {
		if !strings.Contains(screen, want) {
			t.Errorf("%q isn't set", want)
		}
	}
}

func TestDir(t *testing.T) {
	folder, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	start(t, Options{Width: 200, Dir: folder}, "pwd").WaitFor(folder)
}

func TestCloseEndsTheProgram(t *testing.T) {
	terminal := start(t, Options{}, `trap '' HUP INT TERM; echo ready; sleep 60`)
	terminal.WaitFor("ready")
	before := time.Now()
	terminal.Close()
	terminal.Close()
	if took := time.Since(before); took > 10*time.Second { // the program would sleep for longer
		t.Errorf("closing took %s", took)
	}
	if code := terminal.Wait(); code != -1 {
		t.Errorf("the exit code is %d", code)
	}
}

func TestBuild(t *testing.T) {
	if testing.Short() {
		t.Skip("building takes seconds")
	}
	program := Build(t, "unleash-invite/e2e/unleash")
	before, err := os.Stat(program)
	if err != nil {
		t.Fatal(err)
	}
	if again := Build(t, "unleash-invite/e2e/unleash"); again != program {
		t.Errorf("the second build is %s, the first %s", again, program)
	}
	if after, err := os.Stat(program); err != nil || !after.ModTime().Equal(before.ModTime()) {
		t.Errorf("the program was built twice (%v)", err)
	}
	if code := Start(t, Options{}, program, "superfluous").Wait(); code != 2 {
		t.Errorf("the exit code is %d", code)
	}
}
