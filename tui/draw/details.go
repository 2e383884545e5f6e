package draw

import (
	"strings"
	"time"
)

// The width of the column of labels, in wide and in narrow windows.
const wideIndent, narrowIndent = 17, 10

// Details lays out facts in two columns.
type Details struct {
	Page   Page
	Styles Styles
	Width  int
	Indent int
}

// NewDetails returns an empty layout for a window of so many columns.
func NewDetails(s Styles, width int) *Details {
	indent := wideIndent
	if width < 60 {
		indent = narrowIndent
	}
	return &Details{Styles: s, Width: width, Indent: indent}
}

// head is a label as wide as the column, shorter where the window is narrow.
func (d *Details) head(label string) string { return d.mark(" ", label) }

// Focused is the label of the field that has the focus.
func (d *Details) Focused(label string, focus bool) string {
	if focus {
		return d.mark("›", label)
	}
	return d.head(label)
}

func (d *Details) mark(margin, label string) string {
	if d.Indent < wideIndent {
		label, _, _ = strings.Cut(label, " ")
	}
	return margin + d.Styles.Label.Render(label) + strings.Repeat(" ", max(1, d.Indent-1-Width(label)))
}

// Fact adds a labelled row: the value, and beside it what goes with it, on a
// row of its own where the window is narrow.
func (d *Details) Fact(drop Drop, label, value, beside string) {
	head := d.head(label)
	if beside == "" || d.Indent+Width(value)+3+min(Width(beside), 20) > d.Width {
		d.Page.Add(drop, head+value)
		if beside != "" {
			d.More(drop+1, beside)
		}
		return
	}
	d.Page.Add(drop, head+value+"   "+beside)
}

// More adds a row below a fact.
func (d *Details) More(drop Drop, text string) {
	d.Page.Add(drop, strings.Repeat(" ", d.Indent)+Truncate(text, d.Width-d.Indent-1))
}

// Hint adds a remark below a fact, broken into rows.
func (d *Details) Hint(drop Drop, text string) { d.Warn(drop, d.Styles.Plain, text) }

// Warn adds a remark below a fact that must be seen.
func (d *Details) Warn(drop Drop, pen Pen, text string) {
	lines := Lines(pen, Wrap(text, d.Width-d.Indent-1))
	for i, line := range lines {
		lines[i] = strings.Repeat(" ", d.Indent) + line
	}
	d.Page.Add(drop, lines...)
}

// Wrong says what is wrong with a field, the more clearly once it was tried.
func (d *Details) Wrong(drop Drop, tried bool, text string) {
	if tried {
		d.Warn(drop, d.Styles.Failure, "! "+AsSentence(text))
		return
	}
	d.Warn(drop, d.Styles.Warning, text)
}

// Bar adds the lifetime as a line: what is left of it, then what is gone.
func (d *Details) Bar(drop Drop, pen Pen, from, to, now time.Time) {
	left, gone := bar(from, to, now, min(d.Width-d.Indent-2, 42))
	d.Page.Add(drop, strings.Repeat(" ", d.Indent)+pen.Render(left)+d.Styles.Faint.Render(gone))
}
