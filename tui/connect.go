package tui

import (
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/tui/draw"
)

// typingPause is how long nothing was typed when the address is looked at by itself.
const typingPause = 700 * time.Millisecond

// connect asks for an instance's address and for a token, and tries both as
// they are typed. Only a key moves the focus, so that a token pasted early never
// lands in the address, where it would be seen.
type connect struct {
	address, token textinput.Model
	// first says that there is nothing to go back to.
	first bool
	// tried says that Enter or Tab left the address, or Enter the token, so that
	// what is wrong is an error, not an unfinished text.
	triedAddress, triedToken bool
	// find looks for Unleash at the address; server is what it found there.
	find   check
	server string
	// signIn asks who the token's user is; eager says that it is to follow once
	// the server is found.
	signIn check
	eager  bool
}

// openConnect asks for an instance.
func (m *Model) openConnect() {
	c := newConnect(m.styles)
	c.first = len(m.screens) == 0
	m.open(c)
}

func newConnect(s draw.Styles) *connect {
	c := &connect{address: draw.NewInput(s, 2000), token: draw.NewInput(s, 4000)}
	c.address.Focus()
	return c
}

func (c *connect) update(m *Model, msg tea.Msg) tea.Cmd {
	switch msg := draw.Printable(msg).(type) {
	case tea.KeyPressMsg:
		return c.press(m, msg)
	case tea.PasteMsg:
		if likeToken(msg.Content) && !c.token.Focused() { // in the address it would be seen
			c.focusToken()
		}
		if c.address.Focused() { // what follows is no part of an address, but may be a link's secret
			msg.Content, _, _ = strings.Cut(msg.Content, "?")
		}
		return c.edit(m, msg)
	case pausedMsg:
		if msg.number == c.find.number && !c.find.running && !c.answered() && plausible(c.typed()) {
			return c.look(m)
		}
	case foundMsg:
		return c.found(m, msg)
	case signedInMsg:
		return c.signedIn(m, msg)
	case slowCheckMsg:
		spinning := m.spinning()
		msg.check.slow = msg.check.running && msg.check.number == msg.number
		return m.spinUnless(spinning)
	}
	return nil
}

func (c *connect) press(m *Model, msg tea.KeyPressMsg) tea.Cmd {
	k := m.keyMap
	switch {
	case key.Matches(msg, k.Cancel):
		return c.cancel(m)
	case key.Matches(msg, k.Submit) && c.token.Focused():
		return c.submit(m)
	case key.Matches(msg, k.Submit):
		return c.enterAddress(m)
	case key.Matches(msg, k.Next, k.Previous):
		return c.changeField(m)
	}
	return c.edit(m, msg)
}

// cancel stops what is being asked, or leaves.
func (c *connect) cancel(m *Model) tea.Cmd {
	switch {
	case c.find.running || c.signIn.running:
		c.closed()
		c.eager = false
		return nil
	case c.first:
		return m.leave()
	}
	m.close()
	return nil
}

// enterAddress takes the address, or the one that was proposed, and goes on to
// the token; one that failed is tried again.
func (c *connect) enterAddress(m *Model) tea.Cmd {
	failed := c.find.err != nil
	switch {
	case c.typed() == "":
		c.triedAddress = true
		return nil
	case c.proposes():
		c.take()
	}
	cmd := c.ensureLook(m)
	if !failed {
		c.focusToken()
	}
	return cmd
}

// take puts the proposed address in place of what was typed.
func (c *connect) take() { c.address.SetValue(c.server) }

func (c *connect) changeField(m *Model) tea.Cmd {
	if c.token.Focused() {
		c.token.Blur()
		c.address.Focus()
		return nil
	}
	c.focusToken()
	if c.typed() == "" || c.find.err != nil {
		return nil
	}
	return c.ensureLook(m)
}

func (c *connect) focusToken() {
	c.triedAddress = true
	c.address.Blur()
	c.token.Focus()
}

// submit signs in, once the server is found.
func (c *connect) submit(m *Model) tea.Cmd {
	switch {
	case c.signIn.running:
		return nil
	case c.typed() == "":
		return c.changeField(m)
	case c.secret() == "":
		c.triedToken = true
		return nil
	case c.proposes():
		c.take() // the token is sent there with the next Enter
		return nil
	case c.answered():
		return c.ask(m)
	}
	c.eager = true
	return c.ensureLook(m)
}

// edit gives what was typed or pasted to the field that has the focus. Answers
// about the text as it was before mean nothing any more.
func (c *connect) edit(m *Model, msg tea.Msg) tea.Cmd {
	address, token := c.address.Value(), c.token.Value()
	c.address, _ = c.address.Update(msg) // a field without the focus takes nothing
	c.token, _ = c.token.Update(msg)
	if c.address.Value() == address && c.token.Value() == token {
		return nil
	}
	c.signIn.drop()
	c.signIn.err, c.eager, c.triedToken = nil, false, false
	if c.address.Value() == address {
		return nil
	}
	c.find.drop()
	c.find.err, c.server, c.triedAddress = nil, "", false
	return m.after(typingPause, screenMsg{c, pausedMsg{c.find.number}})
}

func (c *connect) keys(m *Model) []key.Binding {
	k := m.keyMap
	enter, esc := "next", "back"
	switch {
	case c.proposes():
		enter = "take it"
	case c.find.err != nil && !c.token.Focused():
		enter = "try again"
	case c.token.Focused():
		enter = "connect"
	}
	switch {
	case c.find.running || c.signIn.running:
		esc = "stop"
	case c.first:
		esc = "quit"
	}
	keys := []key.Binding{draw.Does(k.Submit, enter), draw.Does(k.Cancel, esc)}
	if c.token.Focused() {
		return append([]key.Binding{draw.Does(k.Previous, "address")}, keys...)
	}
	return keys
}

func (*connect) elsewhere() {}

func (c *connect) closed() {
	c.find.drop()
	c.signIn.drop()
}

func (c *connect) waiting() bool { return c.find.slow || c.signIn.slow }

// typed is the address as it was typed, secret the token.
func (c *connect) typed() string  { return strings.TrimSpace(c.address.Value()) }
func (c *connect) secret() string { return strings.TrimSpace(c.token.Value()) }

// answered says that Unleash was found, proposes that it was elsewhere than typed.
func (c *connect) answered() bool { return c.server != "" }
func (c *connect) proposes() bool { return c.answered() && !sameAddress(c.typed(), c.server) }
