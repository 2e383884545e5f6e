package screen

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// marked is the first of the people, with a mark on those who are new.
func (f Frame) marked(joined []model.Person) []model.Person {
	marked := slices.Clone(joined[:min(len(joined), 21)]) // one more than are named
	for i, p := range marked {
		if f.IsNew(p.ID) {
			marked[i].Name = p.Label() + " (new)"
		}
	}
	return marked
}

// joined lists the people who joined by one link.
type joined struct {
	Base
	secret string
	list   draw.List
}

// Update implements Screen.
func (*joined) Update(Host, tea.Msg) tea.Cmd { return nil }

// Keys implements Screen.
func (s *joined) Keys(h Host) []Action {
	f := h.Frame()
	t, _ := f.Links.Find(s.secret)
	k := f.Keys
	shown := []Action{{Key: k.Up}, {Key: k.Down}, {Key: k.PageDown}, {Key: k.Refresh}, {Key: k.Quit}, {Key: k.Help}, {Key: k.Back, Do: nothing(h.Close)}}
	return append(moves(k, &s.list, len(t.Joined), max(f.Height-2, 1)), shown...)
}

// View implements Screen.
func (s *joined) View(f Frame) draw.Page {
	t, _ := f.Links.Find(s.secret)
	joined := t.Joined
	var p draw.Page
	by := fmt.Sprintf("   %s by the link %q", draw.Count(t.JoinedCount(), "account"), t.Name)
	p.Add(draw.Keep, " "+f.Styles.Title.Render("Joined")+f.Styles.Faint.Render(by), "")
	from, to := s.list.Seen(len(joined), f.Height-len(p))
	for i := from; i < to; i++ {
		margin := " "
		if i == s.list.Chosen {
			margin = "›"
		}
		p.Add(draw.Keep, margin+s.row(f, joined[i], f.Width-1))
	}
	if len(joined) == 0 {
		p.Add(draw.Keep, "   "+f.Styles.Faint.Render("nobody yet"))
	}
	return p
}

func (s *joined) row(f Frame, p model.Person, width int) string {
	name := p.Label()
	if p.Username != "" && p.Username != name {
		name += " (" + p.Username + ")"
	}
	when := ""
	if at := f.JoinedAt(p.ID); !at.IsZero() {
		when = draw.Day(at)
		if width >= 60 {
			when = draw.UTC(at)
		}
		if width >= 80 {
			now := f.Now
			if at.After(now) { // by the server's clock
				now = at
			}
			when += "   " + draw.Relative(at, now)
		}
	}
	mark := "    "
	if f.IsNew(p.ID) {
		mark = f.Styles.Success.Render("new") + " "
	}
	room := max(width-len("new ")-draw.Width(when)-2, 8)
	return mark + cell(name, min(room, 40)) + " " + when
}
