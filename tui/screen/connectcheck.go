package screen

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/session"
)

// paused looks at the address when nothing was typed for a while.
func (c *connect) paused(h Host) tea.Cmd {
	if c.find.running() || c.answered() || !plausible(c.typed()) {
		return nil
	}
	return c.look(h)
}

// ensureLook looks for Unleash at the address, unless that is known or under way.
func (c *connect) ensureLook(h Host) tea.Cmd {
	if c.answered() || c.find.running() {
		return nil
	}
	return c.look(h)
}

// look asks what answers at the address; no token goes there.
func (c *connect) look(h Host) tea.Cmd {
	c.find.err = nil
	instances, address := h.Instances(), c.typed()
	return c.Ask(h, &c.find.slot, func(ctx context.Context) session.Take {
		place, err := instances.Find(ctx, address)
		return func() tea.Cmd { return c.found(h, place, err) }
	})
}

func (c *connect) found(h Host, place model.Found, err error) tea.Cmd {
	c.find.err = err
	eager, onward := c.eager, c.onward
	c.eager, c.onward = false, false
	if err != nil {
		return nil
	}
	c.place = place
	if onward && !c.proposes() {
		c.focusToken()
	}
	if !eager || c.proposes() { // the token goes only where the user was told that it goes
		return nil
	}
	return c.ask(h)
}

// ask asks the server whose token it is, and whether that is an Admin.
func (c *connect) ask(h Host) tea.Cmd {
	c.signIn.err, c.triedToken = nil, true
	instances, address, token := h.Instances(), c.place.Address, c.secret()
	return c.Ask(h, &c.signIn.slot, func(ctx context.Context) session.Take {
		signed, err := instances.SignIn(ctx, address, token)
		return func() tea.Cmd { return c.signedIn(h, signed, err) }
	})
}

// signedIn goes to the instance, and offers to remember it.
func (c *connect) signedIn(h Host, signed session.SignedIn, err error) tea.Cmd {
	c.signIn.err = err
	if err != nil {
		return nil
	}
	cmd := h.Switch(signed.Instance)
	h.Session().SignedIn(signed.User, signed.Server)
	return tea.Batch(cmd, openRemember(h, c.place.Address, c.secret()))
}

// plausible reports whether the text may be a whole address.
func plausible(address string) bool {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		address = rest
	}
	name, _, _ := strings.Cut(address, "/")
	return name == "localhost" || strings.ContainsAny(strings.TrimRight(name, ".:"), ".:")
}
