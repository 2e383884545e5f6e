package screen

import (
	"strings"
	"time"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/paste"
	"unleash-invite/tui/draw"
)

// TypingPause is how long nothing was typed when the address is looked at by itself.
const TypingPause = 700 * time.Millisecond

// connect asks for an instance's address and for a token, and tries both as
// they are typed. A bad address keeps the cursor; a token that is pasted there all the same moves to its own field.
type connect struct {
	Base
	address, token textinput.Model
	// first reports whether there is nothing to go back to.
	first bool
	// tried reports whether Enter or Tab left the address, or Enter the token, so that
	// what is wrong is an error, not an unfinished text.
	triedAddress, triedToken bool
	// find looks for Unleash at the address; place is where it was found.
	find  lookup
	place model.Found
	// onward reports that Enter left the address: the token is next once Unleash answers there, and not before.
	onward bool
	// signIn asks who the token's user is; eager reports whether it is to follow once
	// the server is found.
	signIn lookup
	eager  bool
}

// lookup is a question to a server, and why it failed.
type lookup struct {
	slot
	err error
}

// NewConnect asks for the first instance: there is nothing to go back to.
func NewConnect(s draw.Styles) Screen { return newConnect(s, true) }

func newConnect(s draw.Styles, first bool) *connect {
	c := &connect{first: first, address: draw.NewInput(s, 2000), token: draw.NewInput(s, 4000)}
	c.address.Focus()
	return c
}

// TakesText implements TextTaker.
func (*connect) TakesText() bool { return true }

// Elsewhere implements the interface of that name.
func (*connect) Elsewhere() {}

// Update implements Screen.
func (c *connect) Update(h Host, msg tea.Msg) tea.Cmd {
	switch msg := draw.Printable(msg).(type) {
	case tea.KeyPressMsg:
		return c.edit(h, msg)
	case tea.PasteMsg:
		if paste.LooksLikeToken(msg.Content) && !c.token.Focused() { // in the address it would be seen
			c.focusToken()
		}
		if c.address.Focused() { // what follows is no part of an address, but may be a link's secret
			msg.Content, _, _ = strings.Cut(msg.Content, "?")
		}
		return c.edit(h, msg)
	}
	return nil
}

// cancel stops what is being asked, or leaves.
func (c *connect) cancel(h Host) tea.Cmd {
	switch {
	case c.find.running() || c.signIn.running():
		c.find.drop()
		c.signIn.drop()
		c.eager, c.onward = false, false
		return nil
	case c.first:
		return h.Quit()
	}
	h.Close()
	return nil
}

// enter takes the address, or the one that was proposed, and goes on to the token once Unleash answers there.
func (c *connect) enter(h Host) tea.Cmd {
	if c.token.Focused() {
		return c.submit(h)
	}
	c.triedAddress = true
	switch {
	case c.typed() == "" || c.place.Insecure: // http:// has to be typed
		return nil
	case c.proposes():
		c.take()
	}
	if c.answered() {
		c.focusToken()
		return nil
	}
	c.onward = true
	return c.ensureLook(h)
}

// take puts the proposed address in place of what was typed.
func (c *connect) take() {
	c.address.SetValue(c.place.Address)
	c.place = model.Found{Address: c.place.Address}
}

func (c *connect) changeField(h Host) tea.Cmd {
	if c.token.Focused() {
		c.token.Blur()
		c.address.Focus()
		return nil
	}
	c.onward = false
	c.focusToken()
	if c.typed() == "" || c.find.err != nil {
		return nil
	}
	return c.ensureLook(h)
}

func (c *connect) focusToken() {
	c.triedAddress = true
	c.address.Blur()
	c.token.Focus()
}

// submit signs in, once the server is found.
func (c *connect) submit(h Host) tea.Cmd {
	switch {
	case c.signIn.running():
		return nil
	case c.typed() == "":
		return c.changeField(h)
	case c.secret() == "":
		c.triedToken = true
		return nil
	case c.place.Insecure:
		return c.changeField(h)
	case c.proposes():
		c.take() // the token is sent there with the next Enter
		return nil
	case c.answered():
		return c.ask(h)
	}
	c.eager = true
	return c.ensureLook(h)
}

// edit gives what was typed or pasted to the field that has the focus. Answers
// about the text as it was before mean nothing any more.
func (c *connect) edit(h Host, msg tea.Msg) tea.Cmd {
	address, token := c.address.Value(), c.token.Value()
	c.address, _ = c.address.Update(msg) // a field without the focus takes nothing
	c.token, _ = c.token.Update(msg)
	c.moveToken()
	if c.address.Value() == address && c.token.Value() == token {
		return nil
	}
	c.signIn.drop()
	c.signIn.err, c.eager, c.triedToken = nil, false, false
	if c.address.Value() == address {
		return nil
	}
	c.find.drop()
	c.find.err, c.place, c.triedAddress, c.onward = nil, model.Found{}, false, false
	return c.Later(h, &c.find.slot, TypingPause, func() tea.Cmd { return c.paused(h) })
}

// moveToken takes a token out of the address, where it would be seen.
func (c *connect) moveToken() {
	address, token := paste.Split(c.address.Value())
	if token == "" {
		return
	}
	c.address.SetValue(address)
	c.token.SetValue(token)
	c.token.CursorEnd()
	c.focusToken()
}

// Keys implements Screen.
func (c *connect) Keys(h Host) []Action {
	k := h.Frame().Keys
	enter, esc := "next", "back"
	switch {
	case c.proposes():
		enter = "use it"
	case c.find.err != nil && !c.token.Focused():
		enter = "try again"
	case c.token.Focused():
		enter = "connect"
	}
	switch {
	case c.find.running() || c.signIn.running():
		esc = "stop"
	case c.first:
		esc = "quit"
	}
	change := func() tea.Cmd { return c.changeField(h) }
	return []Action{
		{Key: draw.Does(k.Previous, "address"), Do: change, Unlisted: !c.token.Focused()},
		{Key: k.Browse, Do: func() tea.Cmd { return h.Browse(tokensPage(c.place.Address)) }, Off: !c.answered() || !wants(c.token)},
		{Key: draw.Does(k.Submit, enter), Do: func() tea.Cmd { return c.enter(h) }, Unlisted: c.place.Insecure},
		{Key: draw.Does(k.Cancel, esc), Do: func() tea.Cmd { return c.cancel(h) }},
		{Key: k.Next, Do: change, Unlisted: true},
	}
}

// typed is the address as it was typed, secret the token.
func (c *connect) typed() string  { return strings.TrimSpace(c.address.Value()) }
func (c *connect) secret() string { token, _ := c.read(); return token }

// read is the token without what it was pasted with; the error says what stands in its place.
func (c *connect) read() (string, error) { return paste.Token(c.token.Value()) }

// answered reports whether Unleash was found, proposes whether it was elsewhere than typed.
func (c *connect) answered() bool { return c.place.Address != "" }
func (c *connect) proposes() bool { return c.place.Guessed || c.place.Insecure }
