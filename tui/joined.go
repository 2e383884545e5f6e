package tui

import (
	"context"
	"fmt"
	"slices"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// people is what is known of those who joined beyond what the links tell. They
// are kept as their IDs in order: there may be a hundred thousand.
type people struct {
	// here are those who had joined when the program first looked; whoever isn't is new.
	here []int64
	// known are those for whose times the server has answered; asking says that it is asked about others.
	known  []int64
	asking bool
	// times are when they joined, as far as the server tells.
	times map[int64]time.Time
}

type (
	// metMsg tells who has joined by any link, in that era.
	metMsg struct {
		era int
		ids []int64
	}
	// joinTimesMsg tells when people joined, in that era, of those with the IDs; or why that can't be told.
	joinTimesMsg struct {
		era   int
		ids   []int64
		times map[int64]time.Time
		err   error
	}
)

// meet finds out who has joined.
func (m *Model) meet() tea.Cmd {
	links, era := m.links, m.era
	return func() tea.Msg {
		ids := []int64{}
		for i := range links.Tokens {
			for _, p := range links.Tokens[i].Joined {
				ids = append(ids, p.ID)
			}
		}
		slices.Sort(ids)
		return metMsg{era, slices.Clip(ids)}
	}
}

// met takes in who has joined, and asks for their times if somebody is new to us.
func (m *Model) met(msg metMsg) tea.Cmd {
	if msg.era != m.era {
		return nil
	}
	if m.people.here == nil {
		m.people.here = msg.ids
	}
	if m.people.asking || !adds(m.people.known, msg.ids) {
		return nil
	}
	m.people.asking = true
	api := m.on.API
	return func() tea.Msg {
		times, err := api.JoinTimes(context.Background())
		return joinTimesMsg{msg.era, msg.ids, times, err}
	}
}

// adds says whether now holds what before does not; both are sorted.
func adds(before, now []int64) bool {
	for _, id := range now {
		for len(before) > 0 && before[0] < id {
			before = before[1:]
		}
		if len(before) == 0 || before[0] != id {
			return true
		}
	}
	return false
}

func (m *Model) learnTimes(msg joinTimesMsg) {
	if msg.era != m.era {
		return
	}
	m.people.asking = false
	if msg.err == nil { // else the people are shown without their times, and the next look asks again
		m.people.times, m.people.known = msg.times, msg.ids
	}
}

func (p people) isNew(id int64) bool {
	_, found := slices.BinarySearch(p.here, id)
	return p.here != nil && !found
}

// marked is the first of the people, with a mark on those who are new.
func (m *Model) marked(joined []model.Person) []model.Person {
	marked := slices.Clone(joined[:min(len(joined), 21)]) // one more than are named
	for i, p := range marked {
		if m.people.isNew(p.ID) {
			marked[i].Name = p.Label() + " (new)"
		}
	}
	return marked
}

// joinedScreen lists the people who joined by one link.
type joinedScreen struct {
	secret string
	list   draw.List
}

func (m *Model) openJoined(t model.Token) { m.open(&joinedScreen{secret: t.Secret}) }

func (s *joinedScreen) update(m *Model, msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	t, _ := m.links.Find(s.secret)
	switch {
	case key.Matches(press, m.keyMap.Back):
		m.close()
	default:
		s.list.Press(m.keyMap, press, len(t.Joined), max(m.room()-2, 1))
	}
	return nil
}

func (s *joinedScreen) keys(m *Model) []key.Binding {
	return []key.Binding{m.keyMap.Up, m.keyMap.Down, m.keyMap.PageDown, m.keyMap.Refresh, m.keyMap.Quit, m.keyMap.Help, m.keyMap.Back}
}

func (s *joinedScreen) view(m *Model, width, height int) draw.Page {
	t, _ := m.links.Find(s.secret)
	joined := t.Joined
	var p draw.Page
	by := fmt.Sprintf("   %s by the link %q", draw.Count(len(joined), "account"), t.Name)
	p.Add(draw.Keep, " "+m.styles.Title.Render("Joined")+m.styles.Faint.Render(by), "")
	from, to := s.list.Seen(len(joined), height-len(p))
	for i := from; i < to; i++ {
		margin := " "
		if i == s.list.Chosen {
			margin = "›"
		}
		p.Add(draw.Keep, margin+s.row(m, joined[i], width-1))
	}
	if len(joined) == 0 {
		p.Add(draw.Keep, "   "+m.styles.Faint.Render("nobody yet"))
	}
	return p
}

func (s *joinedScreen) row(m *Model, p model.Person, width int) string {
	name := p.Label()
	if p.Username != "" && p.Username != name {
		name += " (" + p.Username + ")"
	}
	when := ""
	if at := m.people.times[p.ID]; !at.IsZero() {
		when = draw.Day(at)
		if width >= 60 {
			when = draw.UTC(at)
		}
		if width >= 80 {
			now := m.now()
			if at.After(now) { // by the server's clock
				now = at
			}
			when += "   " + draw.Relative(at, now)
		}
	}
	mark := "    "
	if m.people.isNew(p.ID) {
		mark = m.styles.Success.Render("new") + " "
	}
	room := max(width-len("new ")-draw.Width(when)-2, 8)
	return mark + cell(name, min(room, 40)) + " " + when
}
