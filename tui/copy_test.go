package tui

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/demo"
)

func TestCopyKey(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.press("c")
	d.shows("Copied to the clipboard.")
	if len(d.copies) != 1 || d.copies[0] != d.only().URL {
		t.Errorf("copied %q", d.copies)
	}
	d.m.copier.clipboard.Environ = []string{"SSH_TTY=/dev/pts/1"}
	d.press("c")
	d.shows("Sent to your terminal's clipboard.")
	if len(d.raw) != 1 || !strings.HasPrefix(d.raw[0], "\x1b]52;c;") {
		t.Errorf("sent %q", d.raw)
	}
	d.press("d", "y", "c")
	d.shows("but nobody can join with this link.")
}

func TestQuittingWaitsForTheCopy(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.hold = true
	d.press("c", "q")
	if d.quit {
		t.Fatal("it did not wait for the copy")
	}
	d.shows("Quitting as soon as this is done: Copying the link.")
	d.release()
	if said, failed := d.m.Farewell(false); !d.quit || failed || said != "Copied to the clipboard." || len(d.copies) != 1 {
		t.Errorf("quit %t, said %q, failed %t, copied %q", d.quit, said, failed, d.copies)
	}
}

func TestQuittingTwiceDoesNotWaitForTheCopy(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.hold = true
	d.press("c", "q")
	d.hold = false
	d.press("q")
	if !d.quit {
		t.Error("it waits on")
	}
}

func TestLeavingDuringARotationCopiesTheNewLink(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	old := d.only()
	d.press("r")
	d.hold = true
	d.press("y", "q")
	d.release()
	if said, _ := d.m.Farewell(false); !d.quit || len(d.copies) != 1 || d.copies[0] == old.URL || !strings.Contains(said, "Copied to the clipboard.") {
		t.Errorf("quit %t, said %q, copied %q", d.quit, said, d.copies)
	}
}

func TestTheLinkOfARotationIsCopiedLast(t *testing.T) {
	for _, leaving := range []bool{false, true} {
		d := start(t, 100, 24, live("default"))
		d.hold = true
		d.press("c") // and the clipboard program hangs
		hanging := d.held
		d.held, d.hold = nil, false
		d.press("r", "y")
		if leaving {
			d.press("q")
		}
		for _, cmd := range hanging {
			d.run(cmd)
		}
		now, _ := d.m.session.Current()
		if len(d.copies) != 2 || d.copies[1] != now.URL {
			t.Errorf("copied %q, and the link is %s now", d.copies, now.URL)
		}
		farewell, _ := d.m.Farewell(false)
		if said := d.screen() + farewell; !strings.Contains(said, "Rotated: ") || d.quit != leaving {
			t.Errorf("said %q, and quit %v:\n%s", farewell, d.quit, d.screen())
		}
	}
}

// A link that was made is copied although nothing could be fetched afterwards: no list shows it.
func TestALinkThatWasMadeUnseenIsCopied(t *testing.T) {
	for name, keys := range map[string][]string{"create": {"n", "enter"}, "rotate": {"r", "y"}} {
		for _, leaving := range []bool{false, true} {
			links := []demo.Link{live("default")}
			if name == "create" {
				links = nil
			}
			d := start(t, 100, 24, links...)
			made := false
			d.net.set(func(r *http.Request) (*http.Response, error) {
				if made {
					return nil, errRefused
				}
				made = r.Method == http.MethodPost
				return nil, nil
			})
			told, failed := d.carriedOut(leaving, keys[0], keys[1])
			for _, want := range []string{
				"link was created, but checking it afterwards failed", "Copied to the clipboard, but it is not known whether the link works.",
			} {
				if !strings.Contains(told, want) {
					t.Errorf("%s, leaving %v: no %q in\n%s", name, leaving, want, told)
				}
			}
			d.net.set(nil)
			now, err := d.another().Look(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			newest, _ := now.Current(noon)
			if len(d.copies) != 1 || d.copies[0] != newest.URL || failed || d.quit != leaving {
				t.Errorf("%s, leaving %v: copied %q, quit %v, failed %v", name, leaving, d.copies, d.quit, failed)
			}
		}
	}
}

// carriedOut asks for a write by two keys and, if leaving, quits while it is under way; it returns what is told in the end.
func (d *driver) carriedOut(leaving bool, open, act string) (told string, failed bool) {
	d.press(open)
	d.hold = true
	d.press(act)
	if leaving {
		d.press("q")
	}
	d.release()
	farewell, failed := d.m.Farewell(false)
	if leaving {
		return farewell, failed
	}
	return strings.Join(strings.Fields(d.screen()), " "), failed
}

// So is one that the server's list does not show yet.
func TestALinkThatTheListDoesNotShowIsCopied(t *testing.T) {
	for _, leaving := range []bool{false, true} {
		d := start(t, 100, 24)
		made := false
		d.net.set(func(r *http.Request) (*http.Response, error) {
			made = made || r.Method == http.MethodPost
			if !made || !strings.HasSuffix(r.URL.Path, "/invite-link/tokens") || r.Method != http.MethodGet {
				return nil, nil
			}
			late := httptest.NewRecorder()
			_, _ = late.WriteString(`{"tokens":[]}`)
			return late.Result(), nil
		})
		told, failed := d.carriedOut(leaving, "n", "enter")
		const want = "but the server's list does not show it yet. Wait until it does before you change anything else. Copied to the clipboard."
		if !strings.Contains(told, "Created: it works until") || !strings.Contains(told, want) {
			t.Errorf("leaving %v: no %q in\n%s", leaving, want, told)
		}
		d.net.set(nil)
		if len(d.copies) != 1 || d.copies[0] != d.only().URL || failed || d.quit != leaving {
			t.Errorf("leaving %v: copied %q, quit %v, failed %v", leaving, d.copies, d.quit, failed)
		}
	}
}

// A program that is cut off by a signal lets a rotation that has deleted something come to its end, and reports it.
func TestARotationThatASignalCuts(t *testing.T) {
	for _, method := range []string{http.MethodPut, http.MethodPost} {
		d := start(t, 100, 24, live("default"))
		d.press("r")
		reached, goOn := make(chan bool), make(chan bool)
		var once sync.Once
		d.net.set(func(r *http.Request) (*http.Response, error) {
			if r.Method == method {
				once.Do(func() { close(reached); <-goOn })
			}
			return nil, nil
		})
		d.hold = true
		d.press("y")
		for _, cmd := range d.held {
			go unheard(cmd)
		}
		<-reached
		time.AfterFunc(20*time.Millisecond, func() { close(goOn) })
		said, failed := d.m.Farewell(true)
		if !strings.HasPrefix(said, "Rotated: it works until") || !strings.HasSuffix(said, " It was not copied: start again, then c copies it.") || failed {
			t.Errorf("%s: said %q, failed %v", method, said, failed)
		}
		d.net.set(nil)
		d.wantLive(1)
	}
}

// unheard runs a command as on a terminal, while nobody hears its answer.
func unheard(cmd tea.Cmd) {
	if batch, ok := cmd().(tea.BatchMsg); ok {
		for _, one := range batch {
			if one != nil {
				go unheard(one)
			}
		}
	}
}
