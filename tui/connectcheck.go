package tui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// check is a question to a server. Each has a number, so that the answer to one
// that was dropped is not taken for the next one's.
type check struct {
	number        int
	cancel        context.CancelFunc
	running, slow bool
	err           error
}

type (
	// pausedMsg says that nothing was typed since the look of that number for a while.
	pausedMsg struct{ number int }
	// foundMsg is what was found by the look of that number.
	foundMsg struct {
		number int
		server string
		err    error
	}
	// signedInMsg is the answer to the sign-in of that number.
	signedInMsg struct {
		number int
		signed SignedIn
		err    error
	}
	// slowCheckMsg says that the check has taken a while, if it is still that one.
	slowCheckMsg struct {
		check  *check
		number int
	}
)

// begin starts the next one.
func (c *check) begin() (ctx context.Context, number int) {
	c.drop()
	ctx, c.cancel = context.WithCancel(context.Background())
	c.running, c.err = true, nil
	return ctx, c.number
}

// drop forgets the one under way: its answer, if it still comes, is stale.
func (c *check) drop() {
	if c.cancel != nil {
		c.cancel()
	}
	c.number++
	c.running, c.slow = false, false
}

// end takes in how it ended; it says whether the answer is that of this one.
func (c *check) end(number int, err error) bool {
	if number != c.number || !c.running {
		return false
	}
	c.cancel()
	c.running, c.slow, c.err = false, false, err
	return true
}

// ensureLook looks for Unleash at the address, unless that is known or under way.
func (c *connect) ensureLook(m *Model) tea.Cmd {
	if c.answered() || c.find.running {
		return nil
	}
	return c.look(m)
}

// look asks what answers at the address; no token goes there.
func (c *connect) look(m *Model) tea.Cmd {
	ctx, number := c.find.begin()
	instances, address := m.instances, c.typed()
	ask := func() tea.Msg {
		server, err := instances.Find(ctx, address)
		return screenMsg{c, foundMsg{number, server, err}}
	}
	return tea.Batch(ask, m.after(slowAfter, screenMsg{c, slowCheckMsg{&c.find, number}}))
}

func (c *connect) found(m *Model, msg foundMsg) tea.Cmd {
	if !c.find.end(msg.number, msg.err) {
		return nil
	}
	eager := c.eager
	c.eager = false
	if msg.err != nil {
		return nil
	}
	c.server = msg.server
	if !eager || c.proposes() { // the token goes only where it was said that it goes
		return nil
	}
	return c.ask(m)
}

// ask asks the server whose token it is, and whether that is an Admin.
func (c *connect) ask(m *Model) tea.Cmd {
	ctx, number := c.signIn.begin()
	c.triedToken = true
	instances, address, token := m.instances, c.server, c.secret()
	ask := func() tea.Msg {
		signed, err := instances.SignIn(ctx, address, token)
		return screenMsg{c, signedInMsg{number, signed, err}}
	}
	return tea.Batch(ask, m.after(slowAfter, screenMsg{c, slowCheckMsg{&c.signIn, number}}))
}

// signedIn goes to the instance, and offers to remember it.
func (c *connect) signedIn(m *Model, msg signedInMsg) tea.Cmd {
	if !c.signIn.end(msg.number, msg.err) || msg.err != nil {
		return nil
	}
	cmd := m.switchTo(msg.signed.Instance)
	m.user, m.instance = msg.signed.User, msg.signed.Server
	return tea.Batch(cmd, m.openRemember(c.server, c.secret()))
}

// plausible says that the text may be a whole address.
func plausible(address string) bool {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		address = rest
	}
	name, _, _ := strings.Cut(address, "/")
	return name == "localhost" || strings.ContainsAny(strings.TrimRight(name, ".:"), ".:")
}

// sameAddress says that what was found is what was meant: https is taken for
// granted, http only on this computer, and /api at the end is none of the address.
func sameAddress(typed, found string) bool {
	typed = strings.TrimSuffix(strings.TrimRight(typed, "/"), "/api")
	if !strings.Contains(typed, "://") {
		return strings.EqualFold("https://"+typed, found) || isLocal(host(found)) && strings.EqualFold("http://"+typed, found)
	}
	return strings.EqualFold(typed, found)
}

// likeToken says that the text begins as Unleash's tokens do, and no address does.
func likeToken(text string) bool {
	text = strings.TrimSpace(text)
	return strings.HasPrefix(text, "user:") || strings.HasPrefix(text, "*:")
}
