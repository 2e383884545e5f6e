package screen

import (
	"slices"
	"strings"

	"unleash-invite/tui/draw"
	"unleash-invite/tui/session"
)

// The words for the places of a token, and what each means.
var placeWords = map[session.Keep][2]string{
	session.KeepInKeyring:     {"keyring", "the keyring of this system keeps the token"},
	session.KeepInCommand:     {"command", "a command prints the token at each start, as a password manager's does"},
	session.KeepInEnvironment: {"env", "the token is in an environment variable at each start"},
	session.KeepInFile: {"file",
		"the token is written into the profiles file in plain text: whoever can read that file is an Admin of this Unleash"},
	keepNowhere: {"nowhere", "nothing is remembered: the next start asks again"},
}

// View implements Screen.
func (r *remember) View(f Frame) draw.Page {
	d := draw.NewDetails(f.Styles, f.Width)
	you := "● You are " + f.User.Name + ", an Admin of " + strings.TrimSpace("Unleash "+f.Server.Version) + "."
	d.Page.Add(draw.Hint, draw.Paragraph(f.Styles.Success, you, f.Width-2)...)
	d.Page.Add(draw.FirstGap, "")
	d.Page.Add(draw.Extra, draw.Paragraph(f.Styles.Title, "Remember this instance for the next start?", f.Width-2)...)
	d.Page.Add(draw.FirstGap, "")
	if r.places == nil {
		d.Page.Add(draw.Keep, " "+f.Styles.Plain.Render("looking where a token can be kept…"))
		return d.Page
	}
	r.viewPlace(f, d)
	if r.place() != keepNowhere {
		d.Page.Add(draw.Gap, "")
		d.Input(draw.Keep, "Name", r.name)
		r.aboutName(d)
		d.Page.Add(draw.Gap, "")
		r.toggle(d, productionField, "production", r.production, "deleting and rotating ask for its name")
		r.toggle(d, readOnlyField, "read-only", r.readOnly, "nothing can be changed with it")
		r.toggle(d, defaultField, "default", r.fromNowOn, "the program starts with it")
	}
	switch {
	case r.saving.slow():
		d.Page.Add(draw.Aside, "")
		d.Page.Add(draw.Keep, " "+f.Busy("Remembering…"))
	case r.saving.err != nil:
		d.Page.Add(draw.Aside, "")
		d.Page.Add(draw.Keep, draw.Paragraph(f.Styles.Failure, "! "+draw.Sentence(r.saving.err), f.Width-2)...)
	}
	return d.Page
}

// viewPlace is the choice of where the token is kept, and what that needs.
func (r *remember) viewPlace(f Frame, d *draw.Details) {
	var words []string
	for _, place := range r.places {
		words = append(words, placeWords[place][0])
	}
	d.Choice(draw.Keep, "Keep token in", words, r.chosen, r.focus == placeField)
	if r.place() == session.KeepInFile {
		d.Warn(draw.Keep, f.Styles.Warning, placeWords[session.KeepInFile][1])
	} else {
		d.Hint(draw.Beside, placeWords[r.place()][1])
	}
	if r.asksFrom() {
		r.viewFrom(d)
	}
}

// viewFrom asks for the command or the variable's name.
func (r *remember) viewFrom(d *draw.Details) {
	label, what, example := "Command", "the command", "pass show unleash"
	if r.place() == session.KeepInEnvironment {
		label, what, example = "Variable", "the variable's name", "ACME_UNLEASH_TOKEN"
	}
	d.Input(draw.Keep, label, r.from)
	switch empty := strings.TrimSpace(r.from.Value()) == ""; {
	case empty && r.tried:
		d.Wrong(draw.Keep, true, what+" is missing, for example: "+example)
	case empty:
		d.Hint(draw.Warning, "for example: "+example)
	}
}

func (r *remember) aboutName(d *draw.Details) {
	name := strings.TrimSpace(r.name.Value())
	switch {
	case name == "":
		d.Wrong(draw.Keep, r.tried, "the profile needs a name")
	case slices.ContainsFunc(r.others, func(p session.Profile) bool { return p.Name == name }):
		d.Warn(draw.Vital, d.Styles.Warning, "there is a profile with this name: it will be replaced")
	}
}

// toggle adds a switch, with what it means where there is room.
func (r *remember) toggle(d *draw.Details, field rememberField, word string, on bool, meaning string) {
	box, drop, label := "[ ] ", draw.Heading, ""
	if on {
		box = "[x] "
	}
	box += word
	if field == productionField {
		label = "Mark as"
	}
	text := cell(box, 17)
	focused := r.focus == field
	if focused {
		drop = draw.Keep
		text = d.Styles.Chosen.Render(box) + text[len(box):]
	}
	if room := d.Width - d.Indent - 18; room >= 26 {
		text += d.Styles.Plain.Render(draw.Truncate(meaning, room))
	}
	d.Page.Add(drop, d.Focused(label, focused)+text)
}
