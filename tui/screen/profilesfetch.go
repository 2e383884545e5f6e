package screen

import (
	"context"
	"maps"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/session"
)

// openedAtOnce is how many tokens are fetched side by side, each maybe by a command; askedAtOnce how many servers are
// asked, which is mostly waiting. Each of both may take profileTimeout.
const (
	openedAtOnce   = 6
	askedAtOnce    = 24
	profileTimeout = 10 * time.Second
)

// look lists the profiles again and asks each for its status; those whose token could not be had only with again.
func (s *profiles) look(h Host, again bool) tea.Cmd {
	instances := h.Instances()
	s.whole = again
	list := s.Ask(h, &s.listing, func(context.Context) session.Take {
		all, err := instances.Profiles()
		return func() tea.Cmd { return s.take(h, all, err, again) }
	})
	s.pause.drop()
	return tea.Batch(list, s.Later(h, &s.pause, session.RefreshEvery, func() tea.Cmd { return s.look(h, false) }))
}

// take lists the profiles, keeping what is known of each, and asks them.
func (s *profiles) take(h Host, all []session.Profile, err error, again bool) tea.Cmd {
	s.err = err
	if err != nil {
		return nil
	}
	chosen := h.Session().Instance.Profile
	if s.listed && s.list.Chosen < len(s.rows) {
		chosen = s.rows[s.list.Chosen].Name
	}
	rows := make([]profileRow, 0, len(all))
	for i, p := range all {
		row := newProfileRow(p)
		if known := s.row(p.Name); known != nil && known.Profile == p { // else what it answered may be another server's
			row = *known
		} else if known != nil {
			delete(s.marks, p.Name)
			known.opening.drop()
			known.asking.drop()
		}
		if p.Name == chosen {
			s.list.Chosen = i
		}
		rows = append(rows, row)
	}
	s.rows, s.listed = rows, true
	maps.DeleteFunc(s.marks, func(name string, _ bool) bool { return s.row(name) == nil })
	s.list.Keep(len(s.rows), s.height(h.Frame()))
	var cmds []tea.Cmd
	for i := range s.rows {
		if row := &s.rows[i]; !row.busy() && (!row.shut || again) {
			cmds = append(cmds, s.open(h, row))
		}
	}
	return tea.Batch(cmds...)
}

// open makes the instance ready as its profile now is, however often that was done.
func (s *profiles) open(h Host, row *profileRow) tea.Cmd {
	instances, name := h.Instances(), row.Name
	return s.inTurn(h, row.opening, s.openers, func(ctx context.Context) session.Take {
		instance, err := instances.Open(ctx, name, false)
		return func() tea.Cmd { return s.opened(h, name, instance, err, false) }
	})
}

func (s *profiles) askLinks(h Host, row *profileRow, instance session.Instance) tea.Cmd {
	name, known, whole := row.Name, row.links, s.whole
	return s.inTurn(h, row.asking, s.askers, func(ctx context.Context) session.Take {
		var links model.Links
		var err error
		if whole || known.FetchedAt.IsZero() {
			links, err = instance.API.Look(ctx)
		} else {
			links, err = instance.API.LookInTurn(ctx, known, session.InTurn)
		}
		return func() tea.Cmd {
			row := s.row(name)
			row.err, row.instance = err, instance
			if !links.FetchedAt.IsZero() {
				row.links = links
			}
			return nil
		}
	})
}

// inTurn does the work, for a time, once there is a place for it.
func (s *profiles) inTurn(h Host, slot *slot, places chan struct{}, work func(context.Context) session.Take) tea.Cmd {
	return s.Ask(h, slot, func(ctx context.Context) session.Take {
		select {
		case places <- struct{}{}:
		case <-ctx.Done():
			return func() tea.Cmd { return nil }
		}
		defer func() { <-places }()
		ctx, cancel := context.WithTimeout(ctx, profileTimeout)
		defer cancel()
		return work(ctx)
	})
}

// opened goes to the instance if the user waits for it, and else asks how it stands. Asked reports that the user was
// asked for the token.
func (s *profiles) opened(h Host, name string, instance session.Instance, err error, asked bool) tea.Cmd {
	row := s.row(name)
	wanted := s.wanted == name || asked
	if wanted {
		s.wanted = ""
	}
	switch {
	case err == nil && wanted:
		return goTo(h, instance)
	case row == nil:
		return nil
	case err == nil:
		return s.askLinks(h, row, instance)
	}
	row.shut, row.err = true, err
	switch {
	case wanted && row.asks() && !asked:
		return s.askInTerminal(h, name)
	case wanted:
		return h.Say(h.Frame().Styles.Failure, draw.Sentence(err))
	}
	return nil
}

// askInTerminal gets the token by a command that may ask the user: the screen is away meanwhile.
func (s *profiles) askInTerminal(h Host, name string) tea.Cmd {
	instances := h.Instances()
	var instance session.Instance
	var err error
	open := func() { instance, err = instances.Open(context.Background(), name, true) }
	return s.Lend(h, open, func() tea.Cmd { return s.opened(h, name, instance, err, true) })
}
