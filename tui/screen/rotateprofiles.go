package screen

import (
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// confirmRotateProfiles asks whether the live links of several profiles are to be replaced, each by a new one.
type confirmRotateProfiles struct {
	Question
	all []*profileRotation
	// lifetimes are those that the new links can get, that of each old one first.
	lifetimes []model.Preset
	chosen    int
	// ended is called when it is over.
	ended func() tea.Cmd
}

func askRotateProfiles(h Host, all []*profileRotation, ended func() tea.Cmd) tea.Cmd {
	f := h.Frame()
	c := &confirmRotateProfiles{
		all: all, lifetimes: append([]model.Preset{{Label: "same lifetime"}}, model.Presets()...), ended: ended,
	}
	act := func() tea.Cmd { return rotateProfiles(h, c) }
	q := &typedQuestion{question: c, declined: notRotated, act: act, label: "Name", style: f.Styles.Production}
	links, _ := c.count()
	switch names := c.production(); {
	case len(names) == 1:
		q.word, q.why = always(names[0]), always("This is production: type "+names[0]+" to rotate.")
	case len(names) > 1:
		word := strings.Join(names, ", ")
		q.word, q.why = always(word), always("These are production: type "+word+" to rotate.")
	case links > 1:
		word := strconv.Itoa(links)
		q.label, q.style = "Number", f.Styles.Warning
		q.word, q.why = always(word), always("Type "+word+" to rotate all of them.")
	default:
		return openQuestion(h, c)
	}
	return q.askAs(h, typedElsewhere{q})
}

// typedElsewhere is a typed question that is not about the instance at work.
type typedElsewhere struct{ *typedQuestion }

// Elsewhere implements the interface of that name.
func (typedElsewhere) Elsewhere() {}

func always(text string) func() string { return func() string { return text } }

// count is how many links go, and how many users they let in.
func (c *confirmRotateProfiles) count() (links, joined int) {
	for _, one := range c.all {
		links += len(one.wish.Old)
		joined += one.joined()
	}
	return links, joined
}

// production are the names of the profiles that want theirs typed.
func (c *confirmRotateProfiles) production() []string {
	var names []string
	for _, one := range c.all {
		if one.Production {
			names = append(names, one.Name)
		}
	}
	return names
}

// Elsewhere implements the interface of that name.
func (*confirmRotateProfiles) Elsewhere() {}

// Update implements Screen.
func (*confirmRotateProfiles) Update(h Host, msg tea.Msg) tea.Cmd {
	return decline(h, msg, h.Frame().Styles.Plain, notRotated)
}

// Keys implements Screen.
func (c *confirmRotateProfiles) Keys(h Host) []Action {
	k := h.Frame().Keys
	lifetime := func(by int) func() tea.Cmd {
		return nothing(func() { c.chosen = (c.chosen + by + len(c.lifetimes)) % len(c.lifetimes) })
	}
	return []Action{
		{Key: draw.Does(k.Next, "another lifetime"), Do: lifetime(1)},
		{Key: k.Right, Do: lifetime(1), Unlisted: true},
		{Key: k.Left, Do: lifetime(-1), Unlisted: true},
		{Key: draw.Does(k.Confirm, "rotate"), Do: c.once(func() tea.Cmd { h.Close(); return rotateProfiles(h, c) })},
		{Key: draw.Does(k.Cancel, "cancel")},
	}
}

// View implements Screen.
func (c *confirmRotateProfiles) View(f Frame) draw.Page {
	d := draw.NewDetails(f.Styles, f.Width)
	d.Page.Add(draw.Keep, " "+f.Styles.Title.Render(c.title(f.Width-2)))
	d.Page.Add(draw.FirstGap, "")
	links, joined := c.count()
	readers := profileReaders(f, joined)
	c.list(f, d, max(f.Height-3-len(readers), 2)) // title, lifetime, and what stops
	d.Page.Add(draw.FirstGap, "")
	d.Fact(draw.Keep, "New links", c.lifetimes[c.chosen].Label, "")
	d.Page.Add(draw.Gap, "")
	switch {
	case links == 1:
		d.Page.Add(draw.Warning, draw.Paragraph(f.Styles.Warning, "The old link stops working at once.", f.Width-2)...)
	case links > 1:
		d.Page.Add(draw.Warning, draw.Paragraph(f.Styles.Warning, "The old links stop working at once.", f.Width-2)...)
	}
	d.Page.Add(draw.Extra, draw.Paragraph(f.Styles.Warning, "Existing accounts stay.", f.Width-2)...)
	d.Page.Add(draw.Warning, readers...)
	return d.Page
}

// profileReaders warns of accounts that can read the secrets of the new links. Which versions the servers have is not known here.
func profileReaders(f Frame, joined int) []string {
	text := "Up to Unleash 6 a Viewer can read the new secrets"
	switch {
	case joined == 0:
		return nil
	case f.Width < wide:
		text += "."
	default:
		text += ": go there first, and remove strangers with j."
	}
	return draw.Paragraph(f.Styles.Warning, text, f.Width-2)
}

func (c *confirmRotateProfiles) title(width int) string {
	links, joined := c.count()
	on := draw.Count(len(c.all), "profile")
	if len(c.all) == 1 {
		on = c.all[0].Name
	}
	if links == 0 {
		return "New links on " + on + "?"
	}
	title := fmt.Sprintf("Rotate %s on %s (%d joined)?", draw.Count(links, "link"), on, joined)
	if draw.Width(title) > width {
		title = fmt.Sprintf("Rotate %s on %s?", draw.Count(links, "link"), on)
	}
	return title
}

// list lists the profiles, as many as fit.
func (c *confirmRotateProfiles) list(f Frame, d *draw.Details, room int) {
	shown := c.all
	if len(shown) > room {
		shown = shown[:room-1]
	}
	name, address := 0, 0
	for _, one := range c.all {
		name = max(name, draw.Width(one.Name)+2)
		address = max(address, draw.Width(shortAddress(one.Address))+2)
	}
	const links, production = 21, 11
	if name = min(name, f.Width-3-links-production); f.Width < wide {
		name = f.Width - 3 - links // the name in red says it
	}
	for _, one := range shown {
		text := cell(draw.Count(len(one.wish.Old), "link")+", "+strconv.Itoa(one.joined())+" joined", links)
		row := cell(one.Name, name)
		if one.Production {
			row = f.Styles.Production.Render(row)
		}
		row += text
		if room := f.Width - 3 - name - links - production; room > 14 {
			row += cell(shortAddress(one.Address), min(address, room))
		}
		if one.Production && f.Width >= wide {
			row += f.Styles.Production.Render("PRODUCTION")
		}
		d.Page.Add(draw.Keep, "   "+row)
	}
	if more := len(c.all) - len(shown); more > 0 {
		d.Page.Add(draw.Keep, fmt.Sprintf("   …and %d more", more))
	}
}
