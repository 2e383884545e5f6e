package tui

import (
	"context"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// profilesScreen lists the profiles with how it stands with each one's link,
// and goes to the chosen one.
type profilesScreen struct {
	rows []profileRow
	list draw.List
	// listed says that the profiles are known, err why they are not.
	listed bool
	err    error
	// wanted is the profile to go to as soon as its token is there.
	wanted string
	// ctx ends when the screen is closed: what it still asks is then given up.
	ctx    context.Context
	cancel context.CancelFunc
	// slots bounds how many are asked side by side.
	slots chan struct{}
	// timer is the number of the timer for the next look.
	timer int
	slow  bool
}

// profileRow is one profile and what is known of its instance.
type profileRow struct {
	Profile
	// asking says that an answer is to come.
	asking bool
	// opening says that its instance is being made ready.
	opening bool
	// shut says that its token could not be had; it is asked for again when the person wants it.
	shut bool
	// err is why its token or its links could not be had; links are the last that could.
	err   error
	links model.Links
}

// cantListProfiles says why there are no profiles to list, or nothing.
func (m *Model) cantListProfiles() string {
	if m.instances == nil {
		return "There are no profiles here: start without --demo."
	}
	return ""
}

func (m *Model) openProfiles() tea.Cmd {
	s := &profilesScreen{slots: make(chan struct{}, atOnce)}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	m.open(s)
	return s.look(m, false)
}

func (s *profilesScreen) update(m *Model, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return s.press(m, msg)
	case profilesMsg:
		return s.take(m, msg)
	case profileOpenedMsg:
		return s.opened(m, msg)
	case profileLinksMsg:
		s.learn(msg)
	case profilesTimerMsg:
		if msg.number == s.timer {
			return s.look(m, false)
		}
	case profilesSlowMsg:
		spinning := m.spinning()
		s.slow = s.asking()
		return m.spinUnless(spinning)
	}
	return nil
}

func (s *profilesScreen) press(m *Model, msg tea.KeyPressMsg) tea.Cmd {
	k := m.keyMap
	s.wanted = "" // unless this key wants one
	switch {
	case s.list.Press(k, msg, len(s.rows), s.height(m)):
	case key.Matches(msg, k.Back, k.Profiles):
		m.close()
	case key.Matches(msg, k.New):
		m.openConnect()
	case key.Matches(msg, k.Submit):
		return s.choose(m)
	}
	return nil
}

// goTo goes to the instance, or closes the list where the program is there already.
func (m *Model) goTo(on Instance) tea.Cmd {
	here, there := m.on, on
	here.API, there.API = nil, nil
	if here == there {
		m.close()
		return nil
	}
	return m.switchTo(on)
}

// choose goes to the chosen profile; where its token is not there yet, once it is.
func (s *profilesScreen) choose(m *Model) tea.Cmd {
	if s.list.Chosen >= len(s.rows) {
		return nil
	}
	row := &s.rows[s.list.Chosen]
	if row.shut && row.MayAsk {
		return s.askInTerminal(m, row.Name)
	}
	s.wanted = row.Name
	wait := m.say(m.styles.Faint, "Opening "+row.Name+"…")
	if row.opening {
		return wait
	}
	row.opening = true
	return tea.Batch(wait, s.open(m, row.Name))
}

// keys are those that can act.
func (s *profilesScreen) keys(m *Model) []key.Binding {
	k := m.keyMap
	k.Submit.SetEnabled(len(s.rows) > 0)
	keys := []key.Binding{draw.Does(k.Submit, "open"), draw.Does(k.New, "add one"), k.Refresh}
	if m.connected() {
		return append(keys, k.Quit, k.Help, k.Back)
	}
	return append(keys, k.Help, k.Quit)
}

// refresh asks every profile's server again.
func (s *profilesScreen) refresh(m *Model) tea.Cmd {
	s.wanted = ""
	return s.look(m, true)
}

func (*profilesScreen) elsewhere() {}

func (s *profilesScreen) closed() { s.cancel() }

func (s *profilesScreen) waiting() bool { return s.slow }

// asking says that answers are to come.
func (s *profilesScreen) asking() bool {
	return !s.listed && s.err == nil || slices.ContainsFunc(s.rows, func(r profileRow) bool { return r.asking })
}

// row is the profile's, or nil.
func (s *profilesScreen) row(name string) *profileRow {
	for i := range s.rows {
		if s.rows[i].Name == name {
			return &s.rows[i]
		}
	}
	return nil
}
