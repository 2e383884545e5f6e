package tui

import (
	"context"
	"errors"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// action is the write under way; there is one at a time.
type action struct {
	number int
	// doing says what, as in "Deleting the link".
	doing  string
	cancel context.CancelFunc
	// stopped says that nobody wants to wait for the answer any more.
	stopped bool
	slow    bool
	// deletes are the secrets of the links that it is to delete, the current one last.
	deletes []string
}

func (a action) running() bool { return a.doing != "" }

// writtenMsg is the outcome of a write. The links are what is true after it.
type writtenMsg struct {
	number int
	links  model.Links
	err    error
	done   done
}

// done says of a write that succeeded what was done, as in "Deleted: …", then
// what else is to be said, and what follows from it, if anything.
type done func(links model.Links, besides string) (string, tea.Cmd)

// write runs one write of the API. The look under way, if any, is dropped:
// its answer could be older than the write.
func (m *Model) write(doing string, op func(context.Context) (model.Links, error), then done) tea.Cmd {
	if reason := m.readOnlyReason(); reason != "" {
		return m.say(m.styles.Warning, reason)
	}
	m.dropFetch()
	m.fetch.stopped = false // who writes wants to know what is true again
	ctx, cancel := context.WithCancel(context.Background())
	ctx, requests := m.on.API.Record(ctx)
	m.sent = sent{doing, requests}
	number := m.action.number + 1
	m.action = action{number: number, doing: doing, cancel: cancel}
	m.notice.text = ""
	run := func() tea.Msg {
		defer cancel()
		links, err := op(ctx)
		return writtenMsg{number, links, err, then}
	}
	return tea.Batch(run, m.after(slowAfter, slowMsg{action: number}))
}

func (m *Model) written(msg writtenMsg) tea.Cmd {
	if msg.number != m.action.number || !m.action.running() {
		return nil // it was given up, and looked at since
	}
	m.action.doing, m.action.slow = "", false
	m.noteDeleted()
	m.dropFetch()
	m.closeSteps()
	if m.leaving {
		return m.farewellOf(msg)
	}
	if msg.links.FetchedAt.IsZero() { // nothing is known of now, so the screen must not look as if it were
		m.fetch.err, m.fetch.unlisted = nil, true
		if msg.err == nil {
			return m.refresh()
		}
		return tea.Batch(m.failed(msg.err), m.refresh())
	}
	m.fetch.err, m.fetch.unlisted = nil, false
	learned := m.learn(msg.links)
	m.settleDeleted()
	style, besides := m.styles.Success, ""
	if msg.err != nil {
		if !wasDone(msg.err) {
			return tea.Batch(learned, m.failed(msg.err), m.scheduleRefresh())
		}
		style, besides = m.styles.Warning, " "+draw.Sentence(msg.err)
	}
	m.closeForm()
	text, follow := msg.done(m.links, besides)
	return tea.Batch(learned, m.say(style, text), follow, m.scheduleRefresh())
}

// wasDone says that the write was carried out all the same.
func wasDone(err error) bool {
	var e interface{ Done() bool }
	return errors.As(err, &e) && e.Done()
}

func (m *Model) closeForm() {
	if _, ok := m.top().(*form); ok {
		m.close()
	}
}

// failed shows why a write did not happen: in the form that asked for it, which
// keeps what was typed, or else as a notice.
func (m *Model) failed(err error) tea.Cmd {
	if wasDone(err) {
		m.closeForm()
	}
	f, ok := m.top().(*form)
	if ok && f.present == nil && m.cantCreate() != "" { // there is a live link by now: nothing is left to be filled in
		m.close()
		ok = false
	}
	if ok {
		f.err = err
		return nil
	}
	return m.say(m.styles.Failure, draw.Sentence(err))
}

// pressWhileActing lets nothing through but the ways out. Other keys show at once
// what they have to wait for.
func (m *Model) pressWhileActing(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, m.keyMap.Back):
		return m.stopWaiting()
	case key.Matches(msg, m.keyMap.Quit):
		return m.leave()
	case key.Matches(msg, m.keyMap.Mask):
		return m.toggleMask()
	default:
		return m.slow(slowMsg{action: m.action.number})
	}
}

// stopWaiting lets the API look what became of the write; asked again, it does
// not wait for that either.
func (m *Model) stopWaiting() tea.Cmd {
	if !m.action.stopped {
		m.action.stopped = true
		m.action.cancel()
		return m.slow(slowMsg{action: m.action.number})
	}
	said := m.say(m.styles.Failure, "It is not known what became of this: "+m.action.doing+". The server is asked again.")
	m.fetch.err, m.fetch.unlisted = nil, true
	m.action.doing, m.action.slow, m.leaving = "", false, false
	m.noteDeleted()
	m.closeForm()
	m.closeSteps()
	return tea.Batch(said, m.refresh())
}

// progress says what is under way.
func (a action) progress() string {
	if a.stopped {
		return "Checking what happened: " + a.doing + "…"
	}
	return a.doing + "…"
}
