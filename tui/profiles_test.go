package tui

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"unleash-invite/demo"
	"unleash-invite/tui/screen"
	"unleash-invite/tui/session"
)

// withProfiles starts on the profile acme, beside others: eu, whose link has
// expired, lab, which does not answer, and vault, whose token asks the user.
func withProfiles(t *testing.T, width, height int) *driver {
	t.Helper()
	d := newDriver(t)
	d.beginOnProfile(width, height)
	return d
}

func (d *driver) beginOnProfile(width, height int) {
	d.addProfiles()
	on, err := d.instances.Open(d.t.Context(), "acme", false)
	if err != nil {
		d.t.Fatal(err)
	}
	d.begin(width, height, on)
}

// onProfiles starts on one of several profiles, and presses keys.
func onProfiles(keys ...string) func(*driver) {
	return func(d *driver) {
		d.beginOnProfile(d.m.window.Width, d.m.window.Height)
		d.press(keys...)
	}
}

func (d *driver) addProfiles() {
	expired := live("default")
	expired.ExpiresAt = noon.AddDate(0, 0, -3)
	i := d.instances
	i.serve(d.t, "flags.acme.io", live("default", "Ann"))
	i.serve(d.t, "eu.acme.io", expired)
	i.serve(d.t, "vault.acme.io", live("default", "Vic"))
	i.addProfile(session.Profile{Name: "acme", Address: "https://flags.acme.io", TokenFrom: "the system keyring", Default: true, Production: true})
	i.addProfile(session.Profile{Name: "eu", Address: "https://eu.acme.io", TokenFrom: "$EU_TOKEN", ReadOnly: true})
	i.addProfile(session.Profile{Name: "lab", Address: "https://lab.acme.io", TokenFrom: "the profiles file"})
	i.addProfile(session.Profile{Name: "vault", Address: "https://vault.acme.io", TokenFrom: "the command pass", MayAsk: true})
	i.openErr["vault"] = errors.New("the token's command wants a passphrase")
}

// inTerminal lets commands have the terminal, as Bubble Tea does.
func (d *driver) inTerminal() *int {
	times := 0
	d.m.exec = func(c tea.ExecCommand, done tea.ExecCallback) tea.Cmd {
		times++
		return func() tea.Msg { return done(c.Run()) }
	}
	return &times
}

func TestProfilesTellHowTheyStand(t *testing.T) {
	d := withProfiles(t, 120, 30)
	d.press("p")
	d.shows(
		"acme ● Active 1 Dec 2026 flags.acme.io PRODUCTION here",
		"eu ○ Expired 20 Nov 2026 eu.acme.io read-only",
		"lab ? Unknown there is no host called lab.acme.io lab.acme.io",
		"vault ? Unknown the token's command wants a passphrase vault.acme.io",
		"Profiles 4, checked just now", "token from the system keyring · the default profile · checked just now",
	)
	d.press("down", "down")
	d.shows("! There is no host called lab.acme.io. Check the address")
	d.press("down")
	d.shows("! enter asks for the token in the terminal. The token's command wants a passphrase.")
	d.press("esc")
	d.shows("● Active", "Ann")
}

func TestProfilesShowAddressesAndMarksAtEveryWidth(t *testing.T) {
	for width := screen.MinWidth; width <= 200; width += 5 {
		d := withProfiles(t, width, 30)
		d.press("p")
		d.shows("flags.acme.io PRODUCTION here", "eu.acme.io read-only")
	}
}

func TestTheChosenProfileIsAWholeRowWithTheCursorOnIt(t *testing.T) {
	for width, rows := range map[int]int{40: 2, 100: 1} {
		d := withProfiles(t, width, 24)
		d.press("p", "down")
		view := d.m.View()
		lines := strings.Split(view.Content, "\n")
		first := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(ansi.Strip(l), "›") })
		if first < 0 || view.Cursor == nil || view.Cursor.Y != first || !strings.HasPrefix(ansi.Strip(lines[first]), "›  eu") || view.Cursor.X != 3 {
			t.Fatalf("the cursor is at %+v in\n%s", view.Cursor, d.screen())
		}
		for _, line := range lines[first : first+rows] {
			if strings.Count(line, "\x1b[7m") != 1 || !strings.HasSuffix(line, "\x1b[m") {
				t.Errorf("not all of it is chosen: %q", line)
			}
		}
	}
}

func TestManyProfilesTellWhereTheyAre(t *testing.T) {
	d := newDriver(t)
	for i := range 40 {
		d.instances.addProfile(session.Profile{Name: fmt.Sprintf("team %d", i+1), Address: "https://lab.acme.io"})
	}
	d.choose = true
	d.begin(80, 24, session.Instance{})
	d.shows("1–13 of 40")
	d.press("end")
	d.shows("28–40 of 40", "› team 40")
	d.send(tea.WindowSizeMsg{Width: 80, Height: 60})
	d.shows("Profiles 40")
}

func TestEnterGoesToAProfile(t *testing.T) {
	d := withProfiles(t, 100, 30)
	d.press("p", "down", "enter")
	d.shows("○ Expired", "eu · eu.acme.io", "read-only")
	d.hides("Ann", "PRODUCTION")
	d.press("p", "up", "enter")
	d.shows("● Active", "PRODUCTION", "acme · flags.acme.io", "Ann")
	d.press("p", "enter") // where it is already
	d.shows("● Active", "Ann")
}

// The file may change while the program runs: what is entered is as the list shows it.
func TestAProfileThatChangedIsEnteredAsItIsNow(t *testing.T) {
	d := withProfiles(t, 100, 30)
	d.press("p", "down", "enter", "p", "up", "enter", "p")
	d.instances.profiles[0].Production, d.instances.profiles[0].ReadOnly = false, true
	d.instances.profiles[1].Production = true
	d.press("ctrl+r", "enter")
	d.shows("read-only")
	d.hides("PRODUCTION")
	d.press("p", "down", "enter")
	d.shows("eu · eu.acme.io", "PRODUCTION")
}

func TestATokenIsFetchedOnce(t *testing.T) {
	d := withProfiles(t, 100, 30)
	for range 3 {
		d.press("p", "ctrl+r", "down", "enter")
		d.press("p", "up", "enter")
	}
	for _, name := range []string{"acme", "eu", "lab"} {
		if n := d.instances.opens[name]; n != 1 {
			t.Errorf("%s was opened %d times", name, n)
		}
	}
}

func TestATokenThatWasRefusedIsAskedForOnlyWhenWanted(t *testing.T) {
	d := withProfiles(t, 100, 30)
	d.press("p")
	before := d.instances.opens["vault"]
	d.profilesTimer()
	if d.instances.opens["vault"] != before {
		t.Error("the timer asks again")
	}
	d.press("ctrl+r")
	if d.instances.opens["vault"] != before+1 {
		t.Error("ctrl+r does not ask again")
	}
}

func (d *driver) profilesTimer() { d.refreshed() }

func TestACommandMayAskInTheTerminal(t *testing.T) {
	d := withProfiles(t, 100, 30)
	times := d.inTerminal()
	d.press("p", "end", "enter")
	d.shows("● Active", "vault · vault.acme.io", "Vic")
	if *times != 1 {
		t.Errorf("the terminal was given away %d times", *times)
	}
	d.press("p", "end", "up", "enter") // lab has its token, so there is nothing to ask
	d.shows("lab · lab.acme.io", "There is no host called lab.acme.io")
	if *times != 1 {
		t.Errorf("the terminal was given away %d times", *times)
	}
}

// lockedError is that of a keyring that somebody has to unlock.
type lockedError struct{}

func (lockedError) Error() string { return "the system keyring did not answer in time: unlock it" }
func (lockedError) Locked() bool  { return true }

func TestALockedKeyringIsWaitedForInTheTerminal(t *testing.T) {
	d := withProfiles(t, 100, 30)
	d.instances.openErr["lab"] = lockedError{}
	times := d.inTerminal()
	d.press("p", "down", "down")
	d.shows("! enter asks for the token in the terminal. The system keyring did not answer in time: unlock it.")
	d.press("enter")
	d.shows("lab · lab.acme.io")
	if *times != 1 {
		t.Errorf("the terminal was given away %d times", *times)
	}
}

func TestAProfileWithoutATokenIsNotGoneTo(t *testing.T) {
	d := withProfiles(t, 100, 30)
	d.instances.openErr["lab"] = errors.New("$LAB_TOKEN is empty")
	d.press("p", "down", "down", "enter")
	d.shows("Profiles", "! $LAB_TOKEN is empty.")
	delete(d.instances.openErr, "lab")
	d.press("enter")
	d.shows("lab · lab.acme.io")
}

func TestEnterOnAProfileThatIsStillOpening(t *testing.T) {
	d := withProfiles(t, 100, 30)
	d.hold = true
	d.press("p")
	d.hold = false
	list := d.held
	d.held = nil
	for _, cmd := range list {
		d.run(hold(d, cmd))
	}
	d.press("down", "enter")
	d.shows("Opening eu…")
	d.release()
	d.shows("eu · eu.acme.io", "○ Expired")

	d = withProfiles(t, 100, 30)
	d.hold = true
	d.press("p")
	d.hold = false
	list = d.held
	d.held = nil
	for _, cmd := range list {
		d.run(hold(d, cmd))
	}
	d.press("down", "enter", "up") // thought better of it
	d.release()
	d.shows("Profiles", "eu ○ Expired")
}

// hold runs the command, and keeps back whatever follows from its answer.
func hold(d *driver, cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		msg := cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for _, each := range batch {
				d.run(hold(d, each))
			}
			return nil
		}
		d.hold = true
		d.send(msg)
		d.hold = false
		return nil
	}
}

func TestAnAnswerAfterTheListWasLeftGoesNowhere(t *testing.T) {
	d := withProfiles(t, 100, 30)
	d.hold = true
	d.press("p")
	d.press("esc")
	d.release()
	d.shows("● Active", "Ann")
	d.hides("Profiles ")
}

func TestAStaleProfileIsUnknown(t *testing.T) {
	d := withProfiles(t, 100, 30)
	d.press("p")
	d.shows("acme ● Active")
	d.now = d.now.Add(session.StaleAfter + time.Second)
	d.shows("acme ? Unknown")
	d.profilesTimer()
	d.shows("acme ● Active")
	d.instances.fail = refuse
	d.now = d.now.Add(session.StaleAfter + time.Second)
	d.profilesTimer()
	d.shows("acme ? Unknown no connection to flags.acme.io")
	d.hides("The server has not answered for a while")
}

func TestProfilesAreAskedSideBySideButNotAllAtOnce(t *testing.T) {
	d := newDriver(t)
	for name := range strings.SplitSeq("abcdefghijklmnopqrstuvwxyz0123", "") {
		d.instances.serve(t, name+".acme.io")
		d.instances.addProfile(session.Profile{Name: name, Address: "https://" + name + ".acme.io"})
	}
	const most = 24
	asked, release := make(chan struct{}, 100), make(chan struct{})
	d.instances.fail = func(*http.Request) (*http.Response, error) {
		asked <- struct{}{}
		<-release
		return nil, errRefused
	}
	d.begin(80, 24, session.Instance{})
	d.hold = true
	d.run(screen.OpenProfiles(d.m))
	d.answered() // the list; then the tokens
	for range d.instances.profiles {
		d.answered()
	}
	done := make(chan struct{}, 100)
	for _, cmd := range d.held {
		go func() { cmd(); done <- struct{}{} }()
	}
	for range most {
		<-asked
	}
	select {
	case <-asked:
		t.Errorf("more than %d are asked at once", most)
	case <-time.After(50 * time.Millisecond):
	}
	close(release)
	for range d.held {
		<-done
	}
}

func TestAddingAProfileFromTheList(t *testing.T) {
	d := withProfiles(t, 100, 30)
	d.instances.serve(t, "new.acme.io", live("default", "Nina"))
	d.press("p", "n")
	d.shows("Connect to your Unleash", "esc back")
	d.press("esc")
	d.shows("Profiles")
	d.press("n")
	d.paste("new.acme.io")
	d.press("enter")
	d.paste(demo.AdminToken)
	d.press("enter", "enter")
	d.shows("Remembered as new.acme.io: p switches to it", "Nina")
	d.press("p")
	d.shows("new.acme.io ● Active", "here")
}

func TestWithoutProfiles(t *testing.T) {
	d := start(t, 100, 30, live("default"))
	d.shows("p profiles")
	d.press("p")
	d.shows("none yet: n connects to an instance")
	d.press("esc")
	d.m.Options.Instances = nil
	d.hides("p profiles")
	d.press("p")
	d.shows("The demo has no profiles")
}

func TestAtTheStartAProfileIsChosen(t *testing.T) {
	d := newDriver(t)
	d.addProfiles()
	d.choose = true
	d.begin(100, 30, session.Instance{})
	d.shows("Profiles", "acme ● Active", "enter open", "q quit")
	d.hides("esc back")
	d.press("esc", "n", "esc")
	d.shows("Profiles")
	d.press("enter")
	d.shows("● Active", "acme · flags.acme.io", "Ann")
}
