//go:build unix

package clipboard

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"unleash-invite/demo"
	"unleash-invite/e2e/terminal"
)

const throughScreen = "Sent to your terminal's clipboard through screen"

// startInScreen runs a command in GNU screen, in a terminal.
func startInScreen(t *testing.T, command []string, variables ...string) *terminal.Terminal {
	t.Helper()
	need(t, "screen")
	folder, err := os.MkdirTemp("", "screen") //nolint:usetesting // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	variables = append(variables, "SCREENDIR="+folder)
	t.Cleanup(func() {
		quitScreen(folder)
		_ = os.RemoveAll(folder)
	})
	return startIn(t, append([]string{"screen", "-U", "-c", "/dev/null", "-S", "test"}, command...), variables...)
}

// quitScreen ends GNU screen, which would go on without its terminal, and the program in it.
func quitScreen(folder string) {
	quit := exec.Command("screen", "-S", "test", "-X", "quit")
	quit.Env = []string{"SCREENDIR=" + folder, "PATH=" + os.Getenv("PATH")}
	_ = quit.Run() // or it has ended
}

func TestScreen(t *testing.T) {
	term := startInScreen(t, []string{program(t), "--demo"})
	received(t, term, copyLink(t, term, throughScreen))
}

// GNU screen passes on no sequence longer than its buffer.
func TestALongLinkInScreen(t *testing.T) {
	server := demo.New(demo.Options{Links: demo.Sample(time.Now())})
	t.Cleanup(server.Close)
	long := server.URL() + "/" + strings.Repeat("long/", 300)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		server.ServeHTTP(answer, r)
		w.Header().Set("Content-Type", answer.Header().Get("Content-Type"))
		w.WriteHeader(answer.Code)
		_, _ = w.Write(bytes.ReplaceAll(answer.Body.Bytes(), []byte(server.URL()), []byte(long)))
	}))
	t.Cleanup(web.Close)
	term := startInScreen(t, []string{program(t)}, "UNLEASH_URL="+web.URL, "UNLEASH_TOKEN="+demo.AdminToken)
	term.Type("c")
	term.WaitFor(throughScreen)
	for range 500 {
		if strings.Contains(string(term.Output()), "\x07") {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	got := sent(t, term)
	if len(got) != 1 || !strings.HasPrefix(got[0], long+"/new-user?invite=") {
		t.Errorf("the terminal's clipboard was given %q", got)
	}
}

func TestTmuxInScreen(t *testing.T) {
	s := newTmux(t, "")
	term := startInScreen(t, s.session(program(t), "--demo"))
	wanted := link(t, term)
	term.Type("c")
	term.WaitFor("Copied to tmux")
	s.holds(wanted)
}

func TestScreenInTmux(t *testing.T) {
	need(t, "screen")
	s := newTmux(t, "")
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { quitScreen(folder) })
	term := startIn(t, s.session("env", "SCREENDIR="+folder, "screen", "-U", "-c", "/dev/null", "-S", "test", program(t), "--demo"))
	wanted := copyLink(t, term, sentOn)
	s.holds(wanted)
	received(t, term, wanted)
}
