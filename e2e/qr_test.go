package e2e

import (
	"image"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"

	"unleash-invite/e2e/scan"
	"unleash-invite/e2e/terminal"
)

// TestTheCodeOnARealTerminalScans reads the demo's link off the screen of the built
// program, with colours and without, after a resize, too.
func TestTheCodeOnARealTerminalScans(t *testing.T) {
	if testing.Short() {
		t.Skip("reading pictures takes seconds")
	}
	program := terminal.Build(t, "unleash-invite")
	for _, env := range []string{"TERM=xterm-256color", "TERM=linux", "NO_COLOR=1"} {
		t.Run(env, func(t *testing.T) {
			window := terminal.Start(t, terminal.Options{Env: []string{env}}, program, "--demo-at", "2026-11-23T14:02:05Z") // the same code each time
			window.WaitFor("Active   anyone")
			window.Type("g")
			window.WaitFor("leads nowhere")
			link := lineWith(window.Screen(), "/new-user?invite=")
			readOff(t, window, link)
			for _, theme := range scan.Themes() { // with 256 colours the theme makes no difference
				if text, err := look(window, theme, scan.Photos()[0]); text != link && strings.Contains(env, "256") {
					t.Errorf("%s: read %q (%v)", theme.Name, text, err)
				}
			}
			window.Resize(120, 40) // where a module is two columns wide
			window.WaitFor("██  ██████  ██")
			readOff(t, window, link)
			window.Type("esc", "q")
			if code := window.Wait(); code != 0 {
				t.Errorf("it ended with %d", code)
			}
		})
	}
}

func lineWith(screen, words string) string {
	for line := range strings.Lines(screen) {
		if strings.Contains(line, words) {
			return strings.TrimSpace(line)
		}
	}
	return ""
}

// readOff reads the code on the window's screen as a phone would, as soon as it is drawn.
func readOff(t *testing.T, window *terminal.Terminal, link string) {
	t.Helper()
	read := func(photo scan.Photo) (string, error) { return look(window, scan.Themes()[0], photo) }
	for began := time.Now(); time.Since(began) < 10*time.Second; time.Sleep(50 * time.Millisecond) {
		if text, _ := read(scan.Photos()[0]); text == link {
			break
		}
	}
	for _, photo := range scan.Photos() {
		if text, err := read(photo); err != nil || text != link {
			t.Errorf("%s: read %q (%v), not %q:\n%s", photo.Name, text, err, link, window.Screen())
		}
	}
}

func look(window *terminal.Terminal, theme scan.Theme, photo scan.Photo) (string, error) {
	var picture image.Image
	window.Look(func(e *vt.Emulator) { picture = scan.Paint(e, theme) })
	return scan.Read(photo.Take(picture))
}
