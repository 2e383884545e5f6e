package tui

import (
	"slices"
	"time"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"unleash-invite/tui/clipboard"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/mask"
	"unleash-invite/tui/terminal"
)

// screen is one thing to look at. The status screen is always there; the
// others lie on it, the last one on top.
type screen interface {
	// update answers a key or pasted text.
	update(m *Model, msg tea.Msg) tea.Cmd
	// view draws it into at most width columns and height rows.
	view(m *Model, width, height int) draw.Page
	// keys are the bindings to show at the bottom, the first to offer first.
	keys(m *Model) []key.Binding
}

// elsewhere is a screen that is not about the instance at work.
type elsewhere interface{ elsewhere() }

// Options are what the program is started with.
type Options struct {
	// Instance is where the program starts; without an API the person is asked.
	Instance Instance
	// Instances is where others are found and remembered; nil when there can be none.
	Instances Instances
	// Choose says that, without an Instance, the profiles are shown to go to one.
	Choose bool
	// ReadOnly turns every write off on all of them, for screens shown to others.
	ReadOnly bool
	// Masked says that the secrets are masked from the start.
	Masked bool
	// Now is the clock, Location the person's time zone.
	Now      func() time.Time
	Location *time.Location
	// Environ are the environment variables, as os.Environ gives them.
	Environ []string
}

// refreshEvery is the pause between two looks at the server.
const refreshEvery = 10 * time.Second

// Model is the root of the program. Its methods run in the update loop alone;
// commands get copies of what they need.
type Model struct {
	session
	instances Instances
	readOnly  bool
	choose    bool
	now       func() time.Time
	loc       *time.Location
	clipboard clipboard.Clipboard
	// after sends the message when the time has passed.
	after func(time.Duration, tea.Msg) tea.Cmd
	// exec gives the terminal to a command for a while.
	exec func(tea.ExecCommand, tea.ExecCallback) tea.Cmd

	keyMap        draw.KeyMap
	styles        draw.Styles
	spinner       spinner.Model
	width, height int
	screens       []screen
	notice        notice

	// ahead is the first look, when it was begun before the terminal was set up.
	ahead  tea.Cmd
	action action
	// job is the program as the shell sees it.
	job *terminal.Job
	// leaving says that the program ends when the write under way does; farewell
	// is what is then to be said, and failure that the write failed.
	leaving, failure bool
	farewell         string
	// copying is the text of which the clipboard has not said yet that it has it; empty when there is none.
	copying string
	// nextCopy is what is copied after that.
	nextCopy copyRequest
	// colourless says that the terminal shows no colours, or is to show none.
	colourless bool
	mask       mask.Mask
	// ascii says that it has no characters but ASCII's.
	ascii bool
}

// New makes the program's root model.
func New(o Options) *Model {
	styles := draw.NewStyles()
	m := &Model{
		session:   session{on: o.Instance},
		instances: o.Instances,
		readOnly:  o.ReadOnly,
		choose:    o.Choose,
		now:       o.Now, loc: o.Location,
		clipboard: clipboard.New(o.Environ),
		after:     after,
		exec:      tea.Exec,
		keyMap:    draw.NewKeyMap(),
		styles:    styles,
		mask:      mask.Mask{On: o.Masked},
		spinner:   spinner.New(spinner.WithSpinner(spinner.MiniDot)),
		screens:   []screen{statusScreen{}},
		ascii:     terminal.KindOf(o.Environ).ASCII,
	}
	return m
}

func after(d time.Duration, msg tea.Msg) tea.Cmd {
	return tea.Tick(d, func(time.Time) tea.Msg { return msg })
}

// Init begins the work.
func (m *Model) Init() tea.Cmd {
	if m.connected() {
		return m.begin()
	}
	m.screens = nil
	if m.choose {
		return m.openProfiles()
	}
	m.openConnect()
	return nil
}

// Update answers a message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case tea.KeyPressMsg:
		return m, m.press(msg)
	case tea.PasteMsg:
		if m.fits() && !m.action.running() {
			return m, m.top().update(m, msg)
		}
	case terminal.ResumedMsg:
		return m, m.resumed(msg)
	case terminal.ContinuedMsg:
		return m, m.job.ReclaimCmd()
	case tea.ColorProfileMsg:
		m.colourless = msg.Profile > colorprofile.Unknown && msg.Profile <= colorprofile.ASCII
	default:
		return m, m.receive(msg)
	}
	return m, nil
}

// receive takes in what commands found out.
func (m *Model) receive(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case linksMsg:
		return m.fetched(msg)
	case metMsg:
		return m.met(msg)
	case joinTimesMsg:
		m.learnTimes(msg)
	case identityMsg:
		m.identified(msg)
	case refreshMsg:
		return m.refreshDue(msg)
	case slowMsg:
		return m.slow(msg)
	case spinner.TickMsg:
		return m.spin(msg)
	case stepMsg:
		return m.stepped(msg)
	case writtenMsg:
		return m.written(msg)
	case copySlowMsg:
		return m.copySlow()
	case linkCopiedMsg:
		return m.copied(msg)
	case qrMsg:
		m.coded(msg)
	case noticeEndedMsg:
		m.endNotice(msg)
	case screenMsg:
		return m.pass(msg)
	}
	return nil
}

// press handles the keys that mean the same everywhere and leaves the others
// to the screen on top.
func (m *Model) press(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, m.keyMap.Interrupt):
		return m.leave()
	case key.Matches(msg, m.keyMap.Suspend):
		return m.suspend()
	case key.Matches(msg, m.keyMap.Repaint):
		return tea.ClearScreen
	case !m.fits(): // acting on what can't be seen would be a trap
		if key.Matches(msg, m.keyMap.Quit) {
			return m.leave()
		}
		return nil
	case m.action.running():
		return m.pressWhileActing(msg)
	}
	m.notice.text = ""
	if cmd, done := m.pressCommon(msg); done {
		return cmd
	}
	return m.top().update(m, msg)
}

// screenMsg is what a command found out for one screen; when that is closed, nobody hears it.
type screenMsg struct {
	to   screen
	what tea.Msg
}

func (m *Model) pass(msg screenMsg) tea.Cmd {
	if !slices.Contains(m.screens, msg.to) {
		return nil
	}
	return msg.to.update(m, msg.what)
}

func (m *Model) top() screen { return m.screens[len(m.screens)-1] }

// open lays a screen on top.
func (m *Model) open(s screen) { m.screens = append(m.screens, s) }

// closer is a screen that has something to give up when it is closed.
type closer interface{ closed() }

// close goes back by one screen.
func (m *Model) close() {
	if len(m.screens) > 1 {
		m.keepScreens(len(m.screens) - 1)
	}
}

// keepScreens closes all but the lowest n screens.
func (m *Model) keepScreens(n int) {
	for _, s := range m.screens[n:] {
		if c, ok := s.(closer); ok {
			c.closed()
		}
	}
	m.screens = m.screens[:n]
}
