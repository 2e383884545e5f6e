package tui

import (
	"context"
	"errors"
	"time"

	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/parallel"
	"unleash-invite/tui/terminal"
)

// slowAfter is how long something may take before the screen says that it does.
const slowAfter = 150 * time.Millisecond

// fetch is the state of asking the server what is true. Each look has a
// number, so that the answer of one that was overtaken is dropped.
type fetch struct {
	number  int
	cancel  context.CancelFunc
	running bool
	slow    bool
	// err is why the last look failed, wholly or in part.
	err error
	// unlisted says that not even the list came, so that the screen shows an older one.
	unlisted bool
	// began is when the look under way or the last one did, took how long the last one took.
	began time.Time
	took  time.Duration
	// stopped says that the person stopped the last look: nothing is asked until they want it.
	stopped bool
	// identifying says that the header's part is being asked for; identified is when it last came.
	identifying bool
	identified  time.Time
}

type (
	// linksMsg is the answer to the look of that number; more says that the
	// server's verdicts are still to come.
	linksMsg struct {
		number int
		links  model.Links
		err    error
		more   bool
	}
	// linksChangedMsg tells the screens that m.links are new.
	linksChangedMsg struct{}
	// identityMsg is what could be learnt of us and of the server, in that era.
	identityMsg struct {
		era      int
		user     model.User
		instance model.Server
	}
	// refreshMsg says that it is time to look again, unless another look came between.
	refreshMsg struct{ number int }
	// slowMsg says that the look of that number, or the action, has taken a while.
	slowMsg struct{ fetch, action int }
)

// refresh looks at the server now. The first look shows the list as soon as it
// is there and verifies it afterwards; later ones replace the screen in one go.
func (m *Model) refresh() tea.Cmd { return tea.Batch(m.look(), m.slowLook()) }

func (m *Model) look() tea.Cmd {
	ctx := m.beginFetch()
	m.fetch.began = m.now()
	api, number, first := m.on.API, m.fetch.number, m.links.FetchedAt.IsZero()
	return func() tea.Msg {
		if first {
			links, err := api.List(ctx)
			return linksMsg{number, links, err, err == nil}
		}
		links, err := api.Look(ctx)
		return linksMsg{number, links, err, false}
	}
}

// slowLook tells when the look under way has taken a while.
func (m *Model) slowLook() tea.Cmd { return m.after(slowAfter, slowMsg{fetch: m.fetch.number}) }

// lookAhead begins the first look before the terminal is set up, which takes
// about as long as a near server's answer.
func (m *Model) lookAhead() {
	if m.connected() {
		m.ahead = ahead(m.look())
	}
}

// ahead runs a command now; the one that it returns gives its message.
func ahead(cmd tea.Cmd) tea.Cmd {
	answer := make(chan tea.Msg, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				answer <- terminal.NewPanic(r)
			}
		}()
		answer <- cmd()
	}()
	return func() tea.Msg { return <-answer }
}

// beginFetch overtakes the look that may be under way.
func (m *Model) beginFetch() context.Context {
	m.dropFetch()
	ctx, cancel := context.WithCancel(context.Background())
	m.fetch.cancel, m.fetch.running, m.fetch.stopped = cancel, true, false
	return ctx
}

// dropFetch forgets the look under way: its answer, if it still comes, is stale.
func (m *Model) dropFetch() {
	if m.fetch.cancel != nil {
		m.fetch.cancel()
	}
	m.fetch.number++
	m.fetch.running, m.fetch.slow = false, false
}

// errStopped is why there is no answer to a look that was stopped.
var errStopped = errors.New("you stopped asking the server: ctrl+r asks again")

// stopLook gives up the look under way. What is shown stays, as not confirmed.
func (m *Model) stopLook() tea.Cmd {
	m.dropFetch()
	m.fetch.err, m.fetch.unlisted, m.fetch.stopped = errStopped, true, true
	return m.scheduleRefresh()
}

func (m *Model) fetched(msg linksMsg) tea.Cmd {
	if msg.number != m.fetch.number {
		return nil
	}
	cmd := m.learn(msg.links)
	m.fetch.err, m.fetch.unlisted = msg.err, msg.links.FetchedAt.IsZero()
	if msg.more {
		return tea.Batch(cmd, m.verify(), m.identify())
	}
	m.fetch.running, m.fetch.slow = false, false
	m.fetch.took = m.now().Sub(m.fetch.began)
	return tea.Batch(cmd, m.identify(), m.scheduleRefresh())
}

// learn takes in links that were fetched, if they were.
func (m *Model) learn(links model.Links) tea.Cmd {
	if links.FetchedAt.IsZero() {
		return nil
	}
	m.links = links
	if m.mask.On {
		m.mask.Learn(links.Tokens)
	}
	var cmds []tea.Cmd
	for _, s := range m.screens {
		cmds = append(cmds, s.update(m, linksChangedMsg{}))
	}
	return tea.Batch(append(cmds, m.meet())...)
}

// verify asks the server about the links just listed, within the same look.
func (m *Model) verify() tea.Cmd {
	ctx := m.beginFetch()
	api, number, links := m.on.API, m.fetch.number, m.links
	ask := func() tea.Msg {
		links, err := api.Verify(ctx, links)
		return linksMsg{number, links, err, false}
	}
	return tea.Batch(ask, m.slowLook())
}

// scheduleRefresh looks again after a pause. A server to which a look is hard work
// is left alone for twice the time of that, and for as long as it asks for.
func (m *Model) scheduleRefresh() tea.Cmd {
	rest := 2 * m.fetch.took
	if m.fetch.err != nil { // a look that timed out tells of the network, which may be back soon
		rest = 0
	}
	return m.after(max(refreshEvery, rest, wanted(m.fetch.err)), refreshMsg{m.fetch.number})
}

// longestWait is the most that the screen waits by itself, whatever a server asks for.
const longestWait = time.Hour

// wanted is how long the server wants to be left alone.
func wanted(err error) time.Duration {
	var e interface{ Wait() time.Duration }
	if !errors.As(err, &e) {
		return 0
	}
	return min(e.Wait(), longestWait)
}

// refreshNow looks at once, as the person asked for it, at the header's part, too.
func (m *Model) refreshNow() tea.Cmd {
	m.fetch.identified = time.Time{}
	return m.refresh()
}

func (m *Model) refreshDue(msg refreshMsg) tea.Cmd {
	if msg.number != m.fetch.number || m.action.running() {
		return nil
	}
	if m.fetch.stopped { // only the words for how old it is are to be drawn anew
		return m.scheduleRefresh()
	}
	return m.refresh()
}

// identifyEvery is how often the server is asked what it is: whether people can
// sign in by password there may change.
const identifyEvery = time.Minute

// identify asks who we are, until it is known, and what the server is. No link
// depends on it, so it waits until the list is there or slow to come, and a
// failure is silent: the list's own error tells.
func (m *Model) identify() tea.Cmd {
	known := m.user.Name != "" && m.instance.Version != ""
	if m.fetch.identifying || known && m.now().Sub(m.fetch.identified) < identifyEvery {
		return nil
	}
	m.fetch.identifying = true
	api, msg := m.on.API, identityMsg{era: m.era, user: m.user}
	return func() tea.Msg {
		parallel.Run(
			func() {
				if msg.user.Name == "" {
					msg.user, _ = api.WhoAmI(context.Background())
				}
			},
			func() { msg.instance, _ = api.Server(context.Background()) },
		)
		return msg
	}
}

func (m *Model) identified(msg identityMsg) {
	if msg.era != m.era {
		return
	}
	m.fetch.identifying, m.fetch.identified = false, m.now()
	if msg.user.Name != "" {
		m.user = msg.user
	}
	if msg.instance.Version != "" {
		m.instance = msg.instance
	}
}

// slow starts the spinner for what is still under way.
func (m *Model) slow(msg slowMsg) tea.Cmd {
	spinning := m.spinning()
	var identify tea.Cmd
	if m.fetch.running && msg.fetch == m.fetch.number {
		m.fetch.slow = true
		identify = m.identify()
	}
	if m.action.running() && msg.action == m.action.number {
		m.action.slow = true
	}
	return tea.Batch(identify, m.spinUnless(spinning))
}

// busy is a screen that may be waiting for an answer of its own.
type busy interface{ waiting() bool }

func (m *Model) spinning() bool {
	b, ok := m.top().(busy)
	return m.fetch.slow || m.action.slow || ok && b.waiting()
}

// spinUnless starts the spinner, unless it was spinning before.
func (m *Model) spinUnless(spinning bool) tea.Cmd {
	if spinning || !m.spinning() {
		return nil
	}
	return m.spinner.Tick
}

func (m *Model) spin(msg spinner.TickMsg) tea.Cmd {
	if !m.spinning() {
		return nil
	}
	var cmd tea.Cmd
	m.spinner, cmd = m.spinner.Update(msg)
	return cmd
}

// staleAfter is the age from which a list is no longer taken for what is true now.
const staleAfter = 25 * time.Second

// stale says that the screen shows a state that the server has not confirmed lately.
func (m *Model) stale() bool {
	return m.fetch.unlisted || !m.links.FetchedAt.IsZero() && m.now().Sub(m.links.FetchedAt) > staleAfter
}
