package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/terminal"
)

// atOnce is how many profiles are asked side by side, profileTimeout how long
// each may take for its token, and again for its links.
const (
	atOnce         = 6
	profileTimeout = 10 * time.Second
)

type (
	// profilesMsg lists the profiles; again says that all are to be opened that were not.
	profilesMsg struct {
		profiles []Profile
		err      error
		again    bool
	}
	// profileOpenedMsg is a profile's instance with its token, or why it could not
	// be had; asked says that the person was asked.
	profileOpenedMsg struct {
		name  string
		on    Instance
		err   error
		asked bool
	}
	// profileLinksMsg is what a profile's instance answered.
	profileLinksMsg struct {
		name  string
		links model.Links
		err   error
	}
	// profilesTimerMsg says that it is time to look again, unless another look came between.
	profilesTimerMsg struct{ number int }
	// profilesSlowMsg says that a look has taken a while.
	profilesSlowMsg struct{}
)

// look lists the profiles anew and asks each how it stands; of those whose token
// could not be had only with again.
func (s *profilesScreen) look(m *Model, again bool) tea.Cmd {
	s.timer++
	instances := m.instances
	list := func() tea.Msg {
		profiles, err := instances.Profiles()
		return screenMsg{s, profilesMsg{profiles, err, again}}
	}
	return tea.Batch(list,
		m.after(slowAfter, screenMsg{s, profilesSlowMsg{}}),
		m.after(refreshEvery, screenMsg{s, profilesTimerMsg{s.timer}}))
}

// take lists the profiles, keeping what is known of each, and asks them.
func (s *profilesScreen) take(m *Model, msg profilesMsg) tea.Cmd {
	s.err = msg.err
	if msg.err != nil {
		return nil
	}
	chosen := m.on.Profile
	if s.listed && s.list.Chosen < len(s.rows) {
		chosen = s.rows[s.list.Chosen].Name
	}
	rows := make([]profileRow, 0, len(msg.profiles))
	var cmds []tea.Cmd
	for i, p := range msg.profiles {
		row := profileRow{Profile: p}
		if known := s.row(p.Name); known != nil {
			row = *known
			if row.Profile != p { // what it answered may be another server's
				row = profileRow{asking: known.asking, opening: known.opening}
			}
			row.Profile = p
		}
		if p.Name == chosen {
			s.list.Chosen = i
		}
		if !row.asking && (!row.shut || msg.again) {
			row.asking = true
			row.opening = true
			cmds = append(cmds, s.open(m, p.Name))
		}
		rows = append(rows, row)
	}
	s.rows, s.listed = rows, true
	s.list.Keep(len(s.rows), s.height(m))
	return tea.Batch(cmds...)
}

// open makes the instance ready as its profile now is, however often that was done.
func (s *profilesScreen) open(m *Model, name string) tea.Cmd {
	instances := m.instances
	return s.inSlot(func(ctx context.Context) tea.Msg {
		on, err := instances.Open(ctx, name, false)
		return profileOpenedMsg{name: name, on: on, err: err}
	})
}

func (s *profilesScreen) askLinks(name string, on Instance) tea.Cmd {
	return s.inSlot(func(ctx context.Context) tea.Msg {
		links, err := on.API.Look(ctx)
		return profileLinksMsg{name, links, err}
	})
}

// inSlot does the work, for a time, once fewer than atOnce others are at it.
func (s *profilesScreen) inSlot(work func(context.Context) tea.Msg) tea.Cmd {
	screenCtx, slots := s.ctx, s.slots
	return func() tea.Msg {
		select {
		case slots <- struct{}{}:
		case <-screenCtx.Done():
			return nil
		}
		defer func() { <-slots }()
		ctx, cancel := context.WithTimeout(screenCtx, profileTimeout)
		defer cancel()
		return screenMsg{s, work(ctx)}
	}
}

// opened goes to the instance if the person waits for it, and else asks how it stands.
func (s *profilesScreen) opened(m *Model, msg profileOpenedMsg) tea.Cmd {
	row := s.row(msg.name)
	wanted := s.wanted == msg.name || msg.asked
	if wanted {
		s.wanted = ""
	}
	if row != nil {
		row.opening = false
	}
	switch {
	case msg.err == nil:
		if wanted {
			return m.goTo(msg.on)
		}
		return s.askLinks(msg.name, msg.on)
	case row == nil:
		return nil
	}
	row.asking, row.shut, row.err = false, true, msg.err
	switch {
	case wanted && row.MayAsk && !msg.asked:
		return s.askInTerminal(m, msg.name)
	case wanted:
		return m.say(m.styles.Failure, draw.Sentence(msg.err))
	}
	return nil
}

func (s *profilesScreen) learn(msg profileLinksMsg) {
	row := s.row(msg.name)
	if row == nil {
		return
	}
	row.asking, row.err = false, msg.err
	if !msg.links.FetchedAt.IsZero() {
		row.links = msg.links
	}
	s.slow = s.slow && s.asking()
}

// askInTerminal gets the token by a command that may ask the person: the screen
// is away meanwhile.
func (s *profilesScreen) askInTerminal(m *Model, name string) tea.Cmd {
	instances, msg := m.instances, profileOpenedMsg{name: name, asked: true}
	open := func() { msg.on, msg.err = instances.Open(context.Background(), name, true) }
	return m.exec(terminal.Lent(open), func(error) tea.Msg { return screenMsg{s, msg} })
}
