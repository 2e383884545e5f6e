package tui

import (
	"strings"

	"unleash-invite/tui/draw"
)

func (c *connect) view(m *Model, width, _ int) draw.Page {
	d := draw.NewDetails(m.styles, width)
	d.Page.Add(draw.Heading, " "+m.styles.Title.Render("Connect to your Unleash"))
	d.Page.Add(draw.FirstGap, "")
	d.Input(draw.Keep, "Address", c.address)
	c.aboutAddress(m, d)
	d.Page.Add(draw.Gap, "")
	d.Secret(draw.Keep, "Token", c.token)
	c.aboutToken(m, d)
	if c.first && c.typed() == "" {
		d.Page.Add(draw.FirstGap, "")
		d.Page.Add(draw.Aside, draw.Paragraph(m.styles.Faint, "unleash-invite --demo tries the program without a server.", width-2)...)
	}
	return d.Page
}

// aboutAddress says below the address what answers there.
func (c *connect) aboutAddress(m *Model, d *draw.Details) {
	switch {
	case c.find.running:
		d.Warn(draw.Keep, m.styles.Faint, strings.TrimSpace(c.spinner(m, c.find)+" looking for Unleash there…"))
	case c.find.err != nil:
		d.Wrong(draw.Keep, c.triedAddress, draw.Sentence(c.find.err))
	case c.proposes():
		d.Warn(draw.Keep, m.styles.Warning, "Unleash answers at "+c.server+" instead: enter takes that.")
	case c.answered():
		d.Warn(draw.Vital, m.styles.Success, "● Unleash answers at "+c.server)
	case c.typed() == "" && c.triedAddress:
		d.Wrong(draw.Keep, true, "the address is missing: it is what you open Unleash with in a browser")
	case c.typed() == "":
		d.Hint(draw.Vital, "as in your browser: https://flags.acme.io")
	}
	if at := c.typed(); unencrypted(at) || c.answered() && unencrypted(c.server) {
		d.Warn(draw.Keep, m.styles.Warning, "over http the token travels unencrypted: anyone on the way can take it")
	}
}

// aboutToken says below the token how it was taken, or where to get one.
func (c *connect) aboutToken(m *Model, d *draw.Details) {
	switch {
	case c.signIn.running:
		d.Warn(draw.Keep, m.styles.Faint, strings.TrimSpace(c.spinner(m, c.signIn)+" asking the server whose it is…"))
		return
	case c.eager:
		d.Warn(draw.Keep, m.styles.Faint, "it is tried as soon as the address is")
		return
	case c.signIn.err != nil:
		d.Wrong(draw.Keep, true, draw.Sentence(c.signIn.err))
	case c.triedToken && c.secret() == "":
		d.Wrong(draw.Keep, true, "the token is missing: paste one")
	case c.secret() != "":
		return
	}
	if !c.answered() {
		d.Hint(draw.Warning, "an Admin's, made in Unleash: Profile → Personal API tokens")
		return
	}
	d.Hint(draw.Warning, "an Admin's personal API token: Unleash makes one at")
	d.Hint(draw.Warning, c.server+"/profile/personal-api-tokens")
}

// spinner turns once a check takes a while.
func (c *connect) spinner(m *Model, of check) string {
	if !of.slow {
		return ""
	}
	return m.spinner.View()
}

// unencrypted says that what is sent to the address can be read on the way.
func unencrypted(address string) bool {
	return strings.HasPrefix(strings.ToLower(address), "http://") && host(address) != "" && !isLocal(host(address))
}
