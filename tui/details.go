package tui

import (
	"strings"
	"time"

	"charm.land/lipgloss/v2"
)

// The width of the column of labels, in wide and in narrow windows.
const wideIndent, narrowIndent = 17, 10

// details lays out facts in two columns.
type details struct {
	page   page
	styles styles
	width  int
	indent int
}

func newDetails(s styles, width int) *details {
	indent := wideIndent
	if width < 60 {
		indent = narrowIndent
	}
	return &details{styles: s, width: width, indent: indent}
}

// head is a label as wide as the column, shorter where the window is narrow.
func (d *details) head(label string) string { return d.mark(" ", label) }

// focused is the label of the field that has the focus.
func (d *details) focused(label string, focus bool) string {
	if focus {
		return d.mark("›", label)
	}
	return d.head(label)
}

func (d *details) mark(margin, label string) string {
	if d.indent < wideIndent {
		label, _, _ = strings.Cut(label, " ")
	}
	return margin + d.styles.label.Render(label) + strings.Repeat(" ", max(1, d.indent-1-widthOf(label)))
}

// fact adds a labelled row: the value, and beside it what goes with it, on a
// row of its own where the window is narrow.
func (d *details) fact(drop int, label, value, beside string) {
	head := d.head(label)
	if beside == "" || d.indent+widthOf(value)+3+min(widthOf(beside), 20) > d.width {
		d.page.add(drop, head+value)
		if beside != "" {
			d.more(drop+1, beside)
		}
		return
	}
	d.page.add(drop, head+value+"   "+beside)
}

// more adds a row below a fact.
func (d *details) more(drop int, text string) {
	d.page.add(drop, strings.Repeat(" ", d.indent)+truncate(text, d.width-d.indent-1))
}

// hint adds a remark below a fact, broken into rows.
func (d *details) hint(drop int, text string) { d.warn(drop, d.styles.faint, text) }

// warn adds a remark below a fact that must be seen.
func (d *details) warn(drop int, style lipgloss.Style, text string) {
	lines := wrap(text, d.width-d.indent-1)
	for i, line := range lines {
		lines[i] = strings.Repeat(" ", d.indent) + style.Render(line)
	}
	d.page.add(drop, lines...)
}

// wrong says what is wrong with a field, the more clearly once it was tried.
func (d *details) wrong(drop int, tried bool, text string) {
	if tried {
		d.warn(drop, d.styles.failure, "! "+asSentence(text))
		return
	}
	d.warn(drop, d.styles.warning, text)
}

// bar adds the lifetime as a line: what is left of it, then what is gone.
func (d *details) bar(drop int, style lipgloss.Style, from, to, now time.Time) {
	left, gone := bar(from, to, now, min(d.width-d.indent-2, 42))
	d.page.add(drop, strings.Repeat(" ", d.indent)+style.Render(left)+d.styles.faint.Render(gone))
}
