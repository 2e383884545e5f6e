// Package tui is the root of the Bubble Tea program: who hears a key, and what stands in the window. The screens are
// in tui/screen, the work on an instance in tui/session.
package tui

import (
	"io"
	"time"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"unleash-invite/tui/browser"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/mask"
	"unleash-invite/tui/screen"
	"unleash-invite/tui/session"
	"unleash-invite/tui/terminal"
)

// Options hold what the program is started with.
type Options struct {
	// Instance is where the program starts; without an API the user is asked.
	Instance session.Instance
	// Instances is where others are found and remembered; nil when there can be none.
	Instances session.Instances
	// Choose shows the profiles where there is no Instance.
	Choose bool
	// ReadOnly turns every write off on all of them, for screens shown to others.
	ReadOnly bool
	// Masked hides the secrets from the start.
	Masked bool
	// Notify rings and has the terminal show a notification when somebody joins or the link is about to end.
	Notify bool
	// Now is the clock, Location the user's time zone.
	Now      func() time.Time
	Location *time.Location
	// Environ are the environment variables, as os.Environ gives them.
	Environ []string
	// Debug gets the keys that are pressed; nil is nothing.
	Debug io.Writer
}

// Model is the root of the program and the host of its screens. Its methods run in the update loop alone; commands get
// copies of what they need.
type Model struct {
	Options
	session *session.Session
	// screens lie on each other, the last one on top.
	screens []screen.Screen
	notice  notice
	ending  ending
	copier  copier
	browser browser.Browser
	// browsing is the page that is being opened.
	browsing session.Request

	keyMap  draw.KeyMap
	styles  draw.Styles
	spinner spinner.Model
	window  screen.Size
	mask    mask.Mask
	// ascii reports that the terminal has no characters but ASCII's, colourless that it shows no colours, accessible that
	// words are wanted in place of what is drawn or moves.
	ascii, colourless, accessible bool

	// drawn caches what the drawing under way has computed; nil outside of one.
	drawn *standing

	// after sends the message when the time has passed.
	after session.After
	// exec gives the terminal to a command for a while.
	exec func(tea.ExecCommand, tea.ExecCallback) tea.Cmd
	// job is the program as the shell sees it.
	job *terminal.Job
	// ahead is the first look, when it was begun before the terminal was set up.
	ahead tea.Cmd
	// leaving reports that the program ends when the write under way does; farewell is then said, and
	// failure that the write failed.
	leaving, failure bool
	farewell         string
}

// New makes the program's root model.
func New(o Options) *Model {
	m := &Model{
		Options: o,
		copier:  newCopier(o.Environ),
		browser: browser.New(o.Environ),
		after:   after,
		exec:    tea.Exec,
		keyMap:  draw.NewKeyMap(),
		styles:  draw.NewStyles(),
		mask:    mask.Mask{On: o.Masked},
		spinner: spinner.New(spinner.WithSpinner(spinner.MiniDot)),
		screens: []screen.Screen{&screen.Status{}},
	}
	kind := terminal.KindOf(o.Environ)
	m.ascii, m.accessible = kind.ASCII, kind.Accessible
	m.session = m.newSession(o.Instance)
	return m
}

// after sends the message when the time has passed, unless that is an answer nobody waits for any more by then: a timer
// that runs out wakes the machine.
func after(d time.Duration, msg tea.Msg) tea.Cmd {
	var over <-chan struct{}
	if a, ok := msg.(session.Answer); ok {
		over = a.Over()
	}
	return func() tea.Msg {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
			return msg
		case <-over:
			return nil
		}
	}
}

func (m *Model) newSession(i session.Instance) *session.Session {
	return session.New(session.Options{
		Instance: i, ReadOnly: m.ReadOnly, Now: m.Now,
		After:   func(d time.Duration, msg tea.Msg) tea.Cmd { return m.after(d, msg) },
		Changed: m.linksChanged,
		Arrived: m.arrived,
		Joined:  m.joined,
		Limited: m.limited,
	})
}

// linksChanged tells the screens that the links are new.
func (m *Model) linksChanged() tea.Cmd {
	if m.mask.On {
		m.mask.Learn(m.session.Links.Tokens)
	}
	cmds := []tea.Cmd{m.endIsNear()}
	for _, s := range m.screens {
		cmds = append(cmds, s.Update(m, screen.LinksChanged{}))
	}
	cmds = append(cmds, m.correctCopied())
	return tea.Batch(cmds...)
}

// Init begins the work.
func (m *Model) Init() tea.Cmd {
	if m.session.Connected() {
		return m.begin()
	}
	m.screens = nil
	if m.Choose {
		return screen.OpenProfiles(m)
	}
	return m.Open(screen.NewConnect(m.styles))
}

// begin asks for the links.
func (m *Model) begin() tea.Cmd {
	look := m.ahead
	switch {
	case !m.session.Connected():
		return nil
	case look != nil:
		m.ahead = nil
		return tea.Batch(look, m.session.NoteSlowLook())
	}
	return m.session.Refresh()
}

// Update answers a message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	spinning, working := m.spinning(), m.worker() != nil
	cmd := m.answer(msg)
	if working && m.leaving && m.worker() == nil {
		cmd = tea.Batch(cmd, m.leaveWork())
	}
	if len(m.screens) > 0 {
		_, asking := m.top().(screen.Asking)
		cmd = tea.Batch(cmd, m.session.Attend(asking))
	}
	if !spinning && m.spinning() {
		cmd = tea.Batch(cmd, m.spinner.Tick)
	}
	return m, cmd
}

func (m *Model) answer(msg tea.Msg) (cmd tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.window = screen.Size(msg)
		if len(m.screens) > 0 {
			return m.resized(m.screens[0])
		}
	case tea.KeyPressMsg:
		noted := m.debugKey(msg) // before it leads to another screen
		return tea.Batch(noted, m.press(msg))
	case tea.PasteMsg:
		if m.fits() && m.doing() == "" {
			return m.top().Update(m, msg)
		}
	case session.Answer:
		return msg.Deliver()
	case spinner.TickMsg:
		if m.spinning() {
			m.spinner, cmd = m.spinner.Update(msg)
		}
	case terminal.ResumedMsg:
		return m.resumed(msg)
	case terminal.ContinuedMsg:
		return m.job.ReclaimCmd()
	case tea.ColorProfileMsg:
		m.colourless = msg.Profile > colorprofile.Unknown && msg.Profile <= colorprofile.ASCII
	}
	return cmd
}

// resized lets the status screen make the code beside it, for which there may be room now.
func (m *Model) resized(lowest screen.Screen) tea.Cmd {
	if s, ok := lowest.(*screen.Status); ok {
		return s.Update(m, screen.LinksChanged{})
	}
	return nil
}

func (m *Model) spinning() bool { return !m.accessible && (m.session.Slow() || m.top().Waiting()) }

// press answers the keys that work even where nothing else does, then those that mean the same on every screen, then
// those in the table of the screen on top, and leaves the others to that screen.
func (m *Model) press(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, m.keyMap.Interrupt):
		return m.Quit()
	case key.Matches(msg, m.keyMap.Suspend):
		return m.suspend()
	case key.Matches(msg, m.keyMap.Repaint):
		return tea.ClearScreen
	case !m.fits():
		return m.pressUnseen(msg)
	case m.doing() != "":
		return m.pressWhileWriting(msg)
	}
	m.notice.text = ""
	if m.pass(msg) {
		return nil
	}
	if cmd, done := m.pressCommon(msg); done {
		return cmd
	}
	if cmd, done := m.act(msg); done {
		return cmd
	}
	if said := m.stray(msg); said != "" {
		return m.Say(m.styles.Warning, said)
	}
	return m.top().Update(m, msg)
}

// pressUnseen answers keys while the window is too small: acting on what can't be seen would be a trap.
func (m *Model) pressUnseen(msg tea.KeyPressMsg) tea.Cmd {
	if key.Matches(msg, m.keyMap.Quit) {
		return m.Quit()
	}
	return nil
}

// act answers a key in the table of the screen on top.
func (m *Model) act(msg tea.KeyPressMsg) (cmd tea.Cmd, done bool) {
	for _, a := range m.top().Keys(m) {
		switch {
		case a.Do == nil || a.Off || !key.Matches(msg, a.Key):
		case a.Why != "":
			return m.Say(m.styles.Warning, a.Why), true
		default:
			return a.Do(), true
		}
	}
	return nil, false
}

// passing reports that the screen on top is over: keys are for the one below.
func (m *Model) passing() bool {
	s, ok := m.top().(screen.Passing)
	return ok && s.Over()
}

// pass closes a screen that is over; done when the key means to leave it, no more.
func (m *Model) pass(msg tea.KeyPressMsg) (done bool) {
	if !m.passing() {
		return false
	}
	m.Close()
	return key.Matches(msg, m.keyMap.Back, m.keyMap.Submit)
}

// pressCommon answers the keys that mean the same on every screen; not done when the key is the screen's.
func (m *Model) pressCommon(msg tea.KeyPressMsg) (cmd tea.Cmd, done bool) {
	if s, ok := m.top().(screen.TextTaker); ok && s.TakesText() {
		return nil, false
	}
	switch k := m.keyMap; {
	case key.Matches(msg, k.Quit):
		return screen.AskToLeave(m, "quit", m.Quit), true
	case key.Matches(msg, k.Mask):
		return m.toggleMask(), true
	case key.Matches(msg, k.Help):
		if _, open := m.top().(*screen.Help); open {
			m.Close()
			return nil, true
		}
		return m.Open(&screen.Help{}), true
	case key.Matches(msg, k.Refresh):
		return m.refresh(), true
	}
	return nil, false
}

// refresh asks for whatever the screen on top shows.
func (m *Model) refresh() tea.Cmd {
	s, ok := m.top().(screen.Refresher)
	switch {
	case ok:
		return s.Refresh(m)
	case m.session.Connected():
		return m.session.RefreshNow()
	}
	return nil
}

// toggleMask masks the secrets or shows them again.
func (m *Model) toggleMask() tea.Cmd {
	m.mask.On = !m.mask.On
	if !m.mask.On {
		return m.Say(m.styles.Plain, "Secrets are shown again.")
	}
	m.mask.Learn(m.session.Links.Tokens)
	return m.Say(m.styles.Success, "Secrets are masked; copying still copies them. m shows them again.")
}
