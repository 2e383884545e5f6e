package tui

import (
	"context"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
)

// action is the write under way; there is one at a time.
type action struct {
	number int
	// doing says what, as in "Deleting the link".
	doing  string
	cancel context.CancelFunc
	slow   bool
}

func (a action) running() bool { return a.doing != "" }

// writtenMsg is the outcome of a write. The links are what is true after it.
type writtenMsg struct {
	links model.Links
	err   error
	// done says what was done, as in "Deleted: …".
	done func(model.Links) string
}

// write runs one write of the API. The look under way, if any, is dropped:
// its answer could be older than the write.
func (m *Model) write(doing string, op func(context.Context) (model.Links, error), done func(model.Links) string) tea.Cmd {
	m.dropFetch()
	ctx, cancel := context.WithCancel(context.Background())
	m.action = action{number: m.action.number + 1, doing: doing, cancel: cancel}
	m.notice.text = ""
	run := func() tea.Msg {
		defer cancel()
		links, err := op(ctx)
		return writtenMsg{links, err, done}
	}
	return tea.Batch(run, m.after(slowAfter, slowMsg{action: m.action.number}))
}

func (m *Model) written(msg writtenMsg) tea.Cmd {
	m.action.doing, m.action.slow = "", false
	known := !msg.links.FetchedAt.IsZero()
	if known {
		m.links, m.fetch.err = msg.links, nil
	}
	if msg.err != nil {
		cmd := m.failed(msg.err)
		if !known {
			return tea.Batch(cmd, m.refresh())
		}
		return tea.Batch(cmd, m.scheduleRefresh())
	}
	m.home()
	return tea.Batch(m.say(m.styles.success, msg.done(m.links)), m.scheduleRefresh())
}

// failed shows why a write did not happen: in the form that asked for it,
// which keeps what was typed, or else on the status screen.
func (m *Model) failed(err error) tea.Cmd {
	if f, ok := m.top().(interface{ fail(error) }); ok {
		f.fail(err)
		return nil
	}
	m.home()
	return m.say(m.styles.failure, sentence(err))
}

// pressWhileActing lets nothing through but the ways out: q leaves, and esc
// stops waiting for an answer (the outcome is then looked up). Other keys show
// at once what they have to wait for.
func (m *Model) pressWhileActing(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, m.keyMap.Back):
		m.action.cancel()
	case key.Matches(msg, m.keyMap.Quit):
		return tea.Quit
	default:
		return m.slow(slowMsg{action: m.action.number})
	}
	return nil
}

// Unfinished says what write was under way when the program ended, or nothing.
func (m *Model) Unfinished() string { return m.action.doing }
