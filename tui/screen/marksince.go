package screen

import (
	"strings"
	"time"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// sinceField is the field in which the time is typed since when all who joined are marked.
type sinceField struct {
	textinput.Model
	// typing reports that the field is open, tried that Enter was pressed with no time in it.
	typing, tried bool
	// at is the time that was in it when it was read last; zero for none.
	at time.Time
}

func newSinceField(s draw.Styles) sinceField {
	f := sinceField{Model: draw.NewInput(s, 40)}
	f.Placeholder = "2h, yesterday, 24 Nov, 18:00"
	return f
}

// open opens the field, empty.
func (f *sinceField) open() tea.Cmd {
	f.SetValue("")
	f.typing, f.tried = true, false
	return f.Focus()
}

func (f *sinceField) close() {
	f.typing = false
	f.Blur()
}

// read parses the time in the field; the error says why there is none.
func (f *sinceField) read(frame Frame) (err error) {
	f.at, err = model.ParseSince(f.Value(), frame.Now, frame.Loc)
	return err
}

// would reports whether the account would be marked by the time that is being typed.
func (s *joined) would(j *model.JoinedAccount) bool {
	return s.since.typing && !s.since.at.IsZero() && j.Known && !j.CreatedAt.Before(s.since.at)
}

// joinedSince are the rows of those who joined at the time in the field or later, as far as they are known.
func (s *joined) joinedSince() []int {
	var rows []int
	for _, i := range s.rows {
		if s.would(&s.of.Joined[i]) {
			rows = append(rows, i)
		}
	}
	return rows
}

// sinceKeys are the keys while the time is typed.
func (s *joined) sinceKeys(h Host, moves []Action) []Action {
	k := h.Frame().Keys
	all := []Action{
		{Key: draw.Does(k.Submit, "mark them"), Do: func() tea.Cmd { return s.markSince(h) }},
		{Key: draw.Does(k.Cancel, "cancel"), Do: nothing(s.since.close)},
	}
	for _, a := range moves {
		a.Key = withoutText(a.Key)
		all = append(all, a)
	}
	return all
}

// markSince marks all who joined since the time in the field; with none in it, it says what to write.
func (s *joined) markSince(h Host) tea.Cmd {
	if s.since.tried = s.since.read(h.Frame()) != nil; s.since.tried {
		return nil
	}
	rows := s.joinedSince()
	s.since.close()
	return s.setMarks(h, rows, true)
}

// sinceRows are the field in place of the title, and below it what it comes to.
func (s *joined) sinceRows(f Frame) draw.Page {
	label := " Mark who joined since:  "
	if f.Width < wide {
		label = " Since:  "
	}
	text, cursor := draw.FieldView(s.since.Model, f.Width-len(label)-1)
	if s.since.Value() == "" {
		text = f.Styles.Faint.Render(draw.Truncate(s.since.Placeholder, f.Width-len(label)-1))
	}
	if cursor != nil {
		cursor.X += len(label)
	}
	p := draw.Page{{Text: label + text, Cursor: cursor}}
	err := s.since.read(f)
	switch {
	case err == nil:
		p.Add(draw.Keep, " "+s.sincePreview(f))
	case s.since.tried:
		p.Add(draw.Keep, draw.AtMost(2, draw.Paragraph(f.Styles.Failure, "! "+draw.AsSentence(err.Error()), f.Width-2))...)
	case strings.TrimSpace(s.since.Value()) == "":
		p.Add(draw.Keep, draw.Paragraph(f.Styles.Plain, "how long ago, a day, a time, or both", f.Width-2)...)
	default:
		p.Add(draw.Keep, draw.AtMost(2, draw.Paragraph(f.Styles.Warning, err.Error(), f.Width-2))...)
	}
	return p
}

// sincePreview reports how many joined since the time, and what time that is in UTC, here, and from now, as far as there is room.
func (s *joined) sincePreview(f Frame) string {
	at := s.since.at
	when := at.Format("2 Jan 2006 15:04")
	if f.Width >= wide {
		when = draw.UTC(at)
	}
	text := f.Styles.Strong.Render(draw.Count(len(s.joinedSince()), "account")) + " since " + when
	more := []string{draw.Local(at, f.Loc)}
	if f.Now.Sub(at) >= time.Minute {
		more = append(more, draw.Relative(at, f.Now))
	}
	for _, m := range more {
		if m != "" && draw.Width(text+" · "+m) < f.Width-1 {
			text += " · " + m
		}
	}
	return text
}
