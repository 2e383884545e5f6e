package screen

import (
	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// View implements Screen.
func (c *connect) View(f Frame) draw.Page {
	d := draw.NewDetails(f.Styles, f.Width)
	d.Page.Add(draw.Heading, " "+f.Styles.Title.Render("Connect to your Unleash"))
	d.Page.Add(draw.FirstGap, "")
	d.Input(draw.Keep, "Address", c.address)
	c.aboutAddress(f, d)
	d.Page.Add(draw.Gap, "")
	d.Secret(draw.Keep, "Token", c.token)
	c.aboutToken(f, d)
	if c.first && c.typed() == "" {
		d.Page.Add(draw.FirstGap, "")
		d.Page.Add(draw.Aside, draw.Paragraph(f.Styles.Plain, "unleash-invite --demo tries the program without a server.", f.Width-2)...)
	}
	return d.Page
}

// aboutAddress says below the address what answers there.
func (c *connect) aboutAddress(f Frame, d *draw.Details) {
	switch {
	case c.find.running():
		d.Warn(draw.Keep, f.Styles.Plain, busy(f, c.find, "looking for Unleash there…"))
	case c.find.err != nil:
		d.Wrong(draw.Keep, c.triedAddress, draw.Sentence(c.find.err))
	case c.place.Insecure:
		d.Warn(draw.Keep, f.Styles.Warning, "no TLS there: your token would travel unencrypted. To connect anyway, type "+c.place.Address)
	case c.proposes():
		d.Warn(draw.Keep, f.Styles.Warning, "Unleash answers at "+c.place.Address+" instead: enter uses that address.")
	case c.place.Cut:
		d.Warn(draw.Vital, f.Styles.Success, "● Unleash answers at "+c.place.Address+" (the rest of what you typed is left out)")
	case c.answered():
		d.Warn(draw.Vital, f.Styles.Success, "● Unleash answers at "+c.place.Address)
	case c.typed() == "" && c.triedAddress:
		d.Wrong(draw.Keep, true, "the address is missing: it is what you open Unleash with in a browser")
	case c.typed() == "":
		d.Hint(draw.Vital, "as in your browser: https://flags.acme.io")
	}
	if model.Unencrypted(c.typed()) {
		d.Warn(draw.Keep, f.Styles.Warning, "over http the token travels unencrypted: anyone on the way can read it")
	}
}

// aboutToken says below the token how it was taken, or where to get one.
func (c *connect) aboutToken(f Frame, d *draw.Details) {
	_, unread := c.read()
	switch {
	case c.signIn.running():
		d.Warn(draw.Keep, f.Styles.Plain, busy(f, c.signIn, "asking the server whose token it is…"))
		return
	case c.eager:
		d.Warn(draw.Keep, f.Styles.Plain, "it will be tried as soon as the address is found")
		return
	case c.signIn.err != nil:
		d.Wrong(draw.Keep, true, draw.Sentence(c.signIn.err))
	case unread != nil:
		d.Wrong(draw.Keep, true, "this is "+unread.Error())
		return
	case c.triedToken && c.secret() == "":
		d.Wrong(draw.Keep, true, "the token is missing: paste one")
	case c.secret() != "":
		return
	}
	if !c.answered() {
		d.Hint(draw.Warning, "an Admin's, made in Unleash: Profile → Personal API tokens")
		return
	}
	tokenHint(d, c.place.Address)
}

// busy is a text with the spinner, once a check takes a while.
func busy(f Frame, of lookup, text string) string {
	if !of.slow() {
		return text
	}
	return f.Busy(text)
}
