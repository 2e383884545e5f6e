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

// checkPicture checks that what a program drew is as it is after a repaint, and returns the program's screen. A difference may come
// from elsewhere: a notice ends, a guest joins, an hour turns, drawing pauses. So it has to come with three new programs,
// since a repaint mends the picture of one.
func checkPicture(t *testing.T, shows string, draw func() *terminal.Terminal) *terminal.Terminal {
	t.Helper()
	for try := 1; ; try++ {
		screen := draw()
		screen.WaitFor(shows)
		settle(screen)
		before := screen.Screen()
		screen.Type("ctrl+l")
		settle(screen)
		after := screen.Screen()
		if after == before {
			return screen
		}
		t.Logf("try %d: before a repaint the screen is:\n%s\nand after it:\n%s", try, before, after)
		if try == 3 {
			t.Error("a repaint changes the screen each time")
			return screen
		}
	}
}

// drawInAStorm starts the program, goes to the place, and resizes the window again and again.
func (p place) drawInAStorm(t *testing.T) *terminal.Terminal {
	t.Helper()
	screen := startInScript(t, terminal.Options{})
	p.enter(screen)
	storm(screen, 60)
	screen.Resize(80, 24)
	return screen
}

func TestResizeInEveryPlace(t *testing.T) {
	for _, p := range places {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			draw := func() *terminal.Terminal { return p.drawInAStorm(t) }
			var screen *terminal.Terminal
			if p.name == "notice" { // which may be over
				screen = draw()
			} else {
				screen = checkPicture(t, p.shows, draw)
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
	checkPicture(t, "● Active", func() *terminal.Terminal {
		screen := terminal.Start(t, terminal.Options{Env: i.env()}, program(t))
		screen.WaitFor("● Active")
		screen.Type("r", "y")
		storm(screen, 100)
		screen.Resize(80, 24)
		screen.WaitFor("Rotated")
		return screen
	})
}

func TestResizeWhileStarting(t *testing.T) {
	for _, ms := range []int{0, 2, 4, 6, 8, 10, 12, 15, 20, 30} {
		t.Run(fmt.Sprint(ms, " ms"), func(t *testing.T) {
			t.Parallel()
			checkPicture(t, "q quit", func() *terminal.Terminal {
				screen := start(t, terminal.Options{})
				time.Sleep(time.Duration(ms) * time.Millisecond)
				screen.Resize(120, 40)
				screen.WaitFor("● Active")
				waitFor(t, func() bool {
					rows := strings.Split(screen.Screen(), "\n")
					return len(rows) == 40 && strings.Contains(rows[39], "q quit")
				})
				return screen
			})
		})
	}
}

func TestAStormWhileStarting(t *testing.T) {
	t.Parallel()
	checkPicture(t, "q quit", func() *terminal.Terminal {
		screen := start(t, terminal.Options{})
		storm(screen, 200)
		screen.Resize(80, 24)
		screen.WaitFor("● Active")
		return screen
	})
}
