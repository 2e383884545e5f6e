package tui

import (
	"strconv"

	"unleash-invite/model"
)

// details are the labelled facts below the link.
func (m *Model) details(t model.Token, width int) page {
	d := newDetails(m.styles, width)
	m.lifetime(d, t)
	m.origin(d, t)
	d.fact(3, "Joined", strconv.Itoa(len(t.Joined)), names(m.marked(t.Joined)))
	for i, w := range m.warnings(t) {
		if i == 0 {
			d.page.add(9, "")
		}
		d.page.add(2, paragraph(m.styles.warning, "! "+w, width-2)...)
	}
	return d.page
}

// lifetime tells until when the link works, by the day rule, unless the server's
// own verdict is another.
func (m *Model) lifetime(d *details, t model.Token) {
	now, stops := m.now(), t.StopsAt()
	live, past := t.Live(now), now.After(stops)
	switch {
	case t.ExpiresAt.IsZero():
		d.fact(1, "Expiry", "unknown", "")
		return
	case live && past:
		d.fact(1, "Expiry", utc(t.ExpiresAt), "the server still accepts it")
		return
	case live:
		d.fact(1, "Stops working", utc(stops), relative(stops, now))
	case t.Enabled && past:
		d.fact(1, "Stopped", utc(stops), relative(stops, now))
	default: // it works no more, whatever its date
		d.fact(1, "Expiry", utc(stops), relative(stops, now))
	}
	if l := local(stops, m.loc); l != "" {
		d.more(6, l)
	}
	if !t.ExpiresAt.Equal(stops) {
		d.more(5, "its expiry is "+t.ExpiresAt.UTC().Format("15:04")+" UTC, but Unleash refuses it all that day")
	}
	if live && !t.CreatedAt.IsZero() {
		d.bar(7, m.styles.status[t.Status(now)], t.CreatedAt, stops, now)
	}
}

// origin tells who made the link and when, and its name where that matters.
func (m *Model) origin(d *details, t model.Token) {
	if t.Name != model.DefaultName {
		d.fact(4, "Name", t.Name, "the Admin UI shows only one named default")
	}
	if t.CreatedAt.IsZero() {
		return
	}
	by := ""
	if t.CreatedBy != "" {
		by = "by " + t.CreatedBy
	}
	d.fact(4, "Created", utc(t.CreatedAt), by)
}
