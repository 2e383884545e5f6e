//go:build unix

package hygiene

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"unleash-invite/e2e/terminal"
)

// storm resizes the window again and again, to anything from 1×1 to 200×60.
func storm(screen *terminal.Terminal, times int) {
	chance := rand.New(rand.NewPCG(1, 2))
	for range times {
		screen.Resize(1+chance.IntN(200), 1+chance.IntN(60))
		time.Sleep(time.Duration(chance.IntN(4)) * time.Millisecond)
	}
}

// settle waits until nothing more is drawn.
func settle(screen *terminal.Terminal) {
	for drawn := -1; drawn != len(screen.Output()); time.Sleep(400 * time.Millisecond) {
		drawn = len(screen.Output())
	}
}

// checkPicture checks that the screen is as it is after a repaint.
func checkPicture(t *testing.T, screen *terminal.Terminal, shows string) {
	t.Helper()
	screen.WaitFor(shows)
	settle(screen)
	before := screen.Screen()
	screen.Type("ctrl+l")
	settle(screen)
	if after := screen.Screen(); after != before {
		t.Errorf("before a repaint the screen is:\n%s\nand after it:\n%s", before, after)
	}
}

func TestResizeInEveryPlace(t *testing.T) {
	for _, p := range places {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			screen := startInScript(t, terminal.Options{})
			p.enter(screen)
			storm(screen, 60)
			screen.Resize(80, 24)
			if p.name != "notice" { // which may be over
				checkPicture(t, screen, p.shows)
			}
			go func() { time.Sleep(5 * time.Millisecond); screen.Type("ctrl+c") }()
			storm(screen, 30)
			screen.Resize(100, 24)
			if code := checkLeft(t, screen); code != 0 {
				t.Errorf("exit code %d", code)
			}
		})
	}
}

func TestResizeWhileRotating(t *testing.T) {
	t.Parallel()
	i := serve(t, 100*time.Millisecond)
	screen := terminal.Start(t, terminal.Options{Env: i.env()}, program(t))
	screen.WaitFor("● Active")
	screen.Type("r", "y")
	storm(screen, 100)
	screen.Resize(80, 24)
	screen.WaitFor("Rotated")
	checkPicture(t, screen, "● Active")
}

func TestResizeWhileStarting(t *testing.T) {
	for _, ms := range []int{0, 2, 4, 6, 8, 10, 12, 15, 20, 30} {
		t.Run(fmt.Sprint(ms, " ms"), func(t *testing.T) {
			t.Parallel()
			screen := start(t, terminal.Options{})
			time.Sleep(time.Duration(ms) * time.Millisecond)
			screen.Resize(120, 40)
			screen.WaitFor("● Active")
			waitFor(t, func() bool {
				rows := strings.Split(screen.Screen(), "\n")
				return len(rows) == 40 && strings.Contains(rows[39], "q quit")
			})
			checkPicture(t, screen, "q quit")
		})
	}
}

func TestAStormWhileStarting(t *testing.T) {
	t.Parallel()
	screen := start(t, terminal.Options{})
	storm(screen, 200)
	screen.Resize(80, 24)
	screen.WaitFor("● Active")
	checkPicture(t, screen, "q quit")
}
