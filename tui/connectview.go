package tui

import (
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/textinput"
)

func (c *connect) view(m *Model, width, _ int) page {
	d := newDetails(m.styles, width)
	d.page.add(5, " "+m.styles.title.Render("Connect to your Unleash"))
	d.page.add(9, "")
	d.input(0, "Address", c.address)
	c.aboutAddress(m, d)
	d.page.add(8, "")
	d.secret(0, "Token", c.token)
	c.aboutToken(m, d)
	if c.first && c.typed() == "" {
		d.page.add(9, "")
		d.page.add(7, paragraph(m.styles.faint, "unleash-invite --demo tries the program without a server.", width-2)...)
	}
	return d.page
}

// aboutAddress says below the address what answers there.
func (c *connect) aboutAddress(m *Model, d *details) {
	switch {
	case c.find.running:
		d.warn(0, m.styles.faint, strings.TrimSpace(c.spinner(m, c.find)+" looking for Unleash there…"))
	case c.find.err != nil:
		d.wrong(0, c.triedAddress, Sentence(c.find.err))
	case c.proposes():
		d.warn(0, m.styles.warning, "Unleash answers at "+c.server.Address+" instead: enter takes that.")
	case c.answered():
		d.warn(1, m.styles.success, "● "+c.serverName()+" answers at "+c.server.Address)
	case c.typed() == "" && c.triedAddress:
		d.wrong(0, true, "the address is missing: it is what you open Unleash with in a browser")
	case c.typed() == "":
		d.hint(1, "as in your browser: https://flags.acme.io")
	}
	if at := c.typed(); unencrypted(at) || c.answered() && unencrypted(c.server.Address) {
		d.warn(0, m.styles.warning, "over http the token travels unencrypted: anyone on the way can take it")
	}
}

func (c *connect) serverName() string { return strings.TrimSpace("Unleash " + c.server.Version) }

// aboutToken says below the token how it was taken, or where to get one.
func (c *connect) aboutToken(m *Model, d *details) {
	switch {
	case c.signIn.running:
		d.warn(0, m.styles.faint, strings.TrimSpace(c.spinner(m, c.signIn)+" asking the server whose it is…"))
		return
	case c.eager:
		d.warn(0, m.styles.faint, "it is tried as soon as the address is")
		return
	case c.signIn.err != nil:
		d.wrong(0, true, Sentence(c.signIn.err))
	case c.triedToken && c.secret() == "":
		d.wrong(0, true, "the token is missing: paste one")
	case c.secret() != "":
		return
	}
	if !c.answered() {
		d.hint(2, "an Admin's, made in Unleash: Profile → Personal API tokens")
		return
	}
	d.hint(2, "an Admin's personal API token: Unleash makes one at")
	d.hint(2, c.server.Address+"/profile/personal-api-tokens")
}

// spinner turns once a check takes a while.
func (c *connect) spinner(m *Model, of check) string {
	if !of.slow {
		return ""
	}
	return m.spinner.View()
}

// secret adds a row with a text field that shows how much was typed, not what.
func (d *details) secret(drop int, label string, in textinput.Model) {
	at := in.Position()
	in.SetValue(strings.Repeat("•", utf8.RuneCountInString(in.Value())))
	in.SetCursor(at)
	d.input(drop, label, in)
}

// unencrypted says that what is sent to the address can be read on the way.
func unencrypted(address string) bool {
	return strings.HasPrefix(strings.ToLower(address), "http://") && host(address) != "" && !isLocal(host(address))
}
