package screen

import (
	"errors"
	"strings"
	"time"

	"charm.land/bubbles/v2/textinput"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// expiryField asks how long a link is to work: a preset, or a time of one's own.
type expiryField struct {
	presets []model.Preset
	// chosen is an index into presets; the one after the last stands for the custom time.
	chosen int
	custom textinput.Model
	// proposed is the custom time before anything is typed.
	proposed string
	// limit is said of the month's limit, where there is more to say.
	limit string
}

var errNoTime = errors.New("the expiry is missing: use 24 Dec, 2026-12-24 18:00, fri, tomorrow, 3d, 2w, 36h or 1mo")

func newExpiryField(s draw.Styles, preset int) expiryField {
	return expiryField{presets: model.Presets(), chosen: preset, custom: draw.NewInput(s, 40)}
}

// propose fills in the day on which the link works last, to start from; nothing where that day has passed.
func (f *expiryField) propose(t model.Token, now time.Time) {
	if e := (model.Expiry{At: t.StopsAt()}); e.At.After(now) {
		f.proposed = e.LastFullDay().Format(time.DateOnly)
		f.custom.SetValue(f.proposed)
		f.custom.CursorEnd()
	}
}

// begin chooses the custom time, for whoever begins to write on the choices: what is typed replaces what was proposed.
func (f *expiryField) begin() {
	f.chosen = len(f.presets)
	if f.custom.Value() == f.proposed {
		f.custom.Reset()
	}
}

func (f *expiryField) isCustom() bool { return f.chosen == len(f.presets) }

// choose goes to the next choice or, with -1, to the one before.
func (f *expiryField) choose(by int) { f.chosen = max(min(f.chosen+by, len(f.presets)), 0) }

// value is the expiry asked for; the error says what is wrong with it.
func (f *expiryField) value(now time.Time, loc *time.Location) (model.Expiry, error) {
	if !f.isCustom() {
		e := f.presets[f.chosen].Span.From(now)
		return e, e.Check(now)
	}
	if strings.TrimSpace(f.custom.Value()) == "" {
		return model.Expiry{}, errNoTime
	}
	e, err := model.ParseExpiry(f.custom.Value(), now, loc)
	if err != nil {
		return model.Expiry{}, err
	}
	return e, e.Check(now)
}

// choices are the words of the presets, and the one for a custom time.
func (f *expiryField) choices() []string {
	var words []string
	for _, p := range f.presets {
		words = append(words, p.Label)
	}
	return append(words, "custom")
}

// preview shows what Unleash will do with the expiry asked for, or what is
// wrong with it, the more clearly if it was tried.
func (f *expiryField) preview(at Frame, d *draw.Details, tried bool) {
	now := at.Now
	e, err := f.value(now, at.Loc)
	switch {
	case errors.Is(err, errNoTime) && !tried:
		d.Hint(draw.Keep, "a date, fri, tomorrow, 2026-12-24 18:00, 3d, 2w, 36h or 1mo")
		return
	case err != nil && e.At.After(model.LatestExpiry(now)):
		d.Wrong(draw.Keep, tried, err.Error()+f.limit)
		return
	case err != nil:
		d.Wrong(draw.Keep, tried, err.Error())
		return
	}
	d.Fact(draw.Vital, "Stops working", draw.UTC(e.StopsAt()), draw.Relative(e.StopsAt(), now))
	if l := draw.Local(e.StopsAt(), at.Loc); l != "" {
		d.More(draw.Extra, l)
	}
	switch {
	case e.Early():
		d.Warn(draw.Warning, at.Styles.Warning,
			"Unleash refuses a link from the start of the day it expires, not at "+e.At.Format("15:04")+" UTC")
	case e.Through:
		d.Hint(draw.Hint, "last full day: "+e.LastFullDay().Format("Mon 2 Jan")+", in UTC")
	case e.RoundedUp:
		d.Hint(draw.Hint, "rounded up to midnight UTC, when Unleash enforces it")
	case e.CutToMonth:
		d.Hint(draw.Hint, "the last midnight UTC in the month that Unleash allows")
	}
}
