package screen

import (
	"time"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// details are the labelled facts below the link, in that much room.
func (f Frame) details(t model.Token, width, room int) draw.Page {
	d := draw.NewDetails(f.Styles, width)
	f.lifetime(d, t)
	f.limitRows(d, t)
	f.origin(d, t)
	f.who(d, t, room)
	f.alsoLive(d)
	return append(d.Page, f.warningRows(t, width)...)
}

// warningRows are the warnings below a blank, the alarm first.
func (f Frame) warningRows(t model.Token, width int) draw.Page {
	var p draw.Page
	if a := f.alarm(); a != "" {
		p.Add(draw.FirstGap, "")
		p.Add(draw.Vital, draw.Paragraph(f.Styles.Failure, "! "+a, width-2)...)
	}
	for i, w := range f.warnings(t) {
		if i == 0 {
			p.Add(draw.FirstGap, "")
		}
		p.Add(draw.Warning, draw.Paragraph(f.Styles.Warning, "! "+w, width-2)...)
	}
	return p
}

// lifetime tells until when the link works, by the day rule, unless the server's
// own verdict is another.
func (f Frame) lifetime(d *draw.Details, t model.Token) {
	now := f.Now
	u := untilWhen(t, now)
	d.Fact(draw.Vital, u.label, draw.UTC(u.at), u.note)
	if u.at.IsZero() || u.disputed {
		return
	}
	if l := draw.Local(u.at, f.Loc); l != "" {
		d.More(draw.Beside, l)
	}
	switch stops := t.StopsAt(); {
	case t.ExpiresAt.Equal(stops):
	case u.at.Equal(stops):
		d.More(draw.Heading, "set to "+t.ExpiresAt.UTC().Format("15:04")+" UTC, but refused from 00:00 UTC")
	default:
		d.More(draw.Heading, "Unleash refuses it all that day")
	}
	switch {
	case !t.Live(now) || t.CreatedAt.IsZero():
	case f.Accessible:
		d.More(draw.Aside, draw.Left(t.CreatedAt, u.at, now)+" of its time is left")
	default:
		d.Bar(draw.Aside, f.Styles.Status[t.Status(now)], t.CreatedAt, u.at, now)
	}
}

// until is a time that says how long a link works, in words; the time is zero where it is unknown.
type until struct {
	label string
	at    time.Time
	note  string
	// disputed reports whether the server does not go by it.
	disputed bool
}

func untilWhen(t model.Token, now time.Time) until {
	stops := t.StopsAt()
	live, past := t.Live(now), now.After(stops)
	switch {
	case t.ExpiresAt.IsZero():
		return until{label: "Expiry"}
	case live && past:
		return until{label: "Expiry", at: t.ExpiresAt, note: "the server still accepts it", disputed: true}
	case live:
		return until{label: "Stops working", at: stops, note: draw.Relative(stops, now)}
	case t.Enabled && past:
		return until{label: "Stopped", at: stops, note: draw.Relative(stops, now)}
	default: // it no longer works, whatever its date
		return until{label: "Expiry", at: t.ExpiresAt, note: draw.Relative(t.ExpiresAt, now)}
	}
}

// origin tells who made the link and when, and its name where that matters.
func (f Frame) origin(d *draw.Details, t model.Token) {
	if t.Name != model.DefaultName {
		d.Fact(draw.Hint, "Name", t.Name, "the Admin UI shows only one named default")
	}
	if t.CreatedAt.IsZero() {
		return
	}
	by := ""
	if t.CreatedBy != "" {
		by = "by " + t.CreatedBy
	}
	d.Fact(draw.Hint, "Created", draw.UTC(t.CreatedAt), by)
}
