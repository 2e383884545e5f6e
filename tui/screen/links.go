package screen

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// links lists every link that the instance ever had, to look at and to
// copy, re-date, delete or restore the chosen one.
type links struct {
	Base
	// all are the links, the live ones first, rows the places of those that the filter
	// lets through, and wanted is its text.
	all    []model.Token
	rows   []int
	wanted string
	// oldest is the link that was asked about the longest ago.
	oldest model.Token
	// name is the width of the longest name, current the secret of the current link.
	name      int
	current   string
	list      draw.List
	filter    textinput.Model
	filtering bool
}

func newLinks(h Host) *links {
	f := h.Frame()
	s := &links{filter: draw.NewInput(f.Styles, 100)}
	s.filter.Placeholder = "name, status, who created it or who joined"
	s.sort(f)
	return s
}

// TakesText implements TextTaker.
func (s *links) TakesText() bool { return s.filtering }

// Update implements Screen.
func (s *links) Update(h Host, msg tea.Msg) tea.Cmd {
	f := h.Frame()
	switch msg.(type) {
	case LinksChanged:
		s.sort(f)
	case tea.PasteMsg, tea.KeyPressMsg:
		if s.filtering {
			return s.write(f, msg)
		}
	}
	return nil
}

// Keys implements Screen.
func (s *links) Keys(h Host) []Action {
	f := h.Frame()
	k := f.Keys
	if s.filtering {
		done := func() { s.filtering = false; s.filter.Blur(); s.sift(f) }
		return filterKeys(k, &s.filter, done, moves(k, &s.list, len(s.rows), s.height(f)))
	}
	t, ok := s.chosen()
	all := moves(k, &s.list, len(s.rows), s.height(f))
	if ok {
		all = append(all, onLink(h, t)...)
	}
	back := func() tea.Cmd {
		if s.filter.Value() == "" {
			h.Close()
			return nil
		}
		s.filter.SetValue("")
		s.sift(f)
		return nil
	}
	return append(all,
		Action{Key: k.Filter, Do: func() tea.Cmd { s.filtering = true; return s.filter.Focus() }},
		Action{Key: k.Open, Do: func() tea.Cmd { return openJoined(h, t.Secret) }, Off: !ok},
		Action{Key: k.Help}, Action{Key: k.Back, Do: back}, Action{Key: k.Links, Do: nothing(h.Close), Unlisted: true})
}

// onLink returns what can be done with one of the links.
func onLink(h Host, t model.Token) []Action {
	f := h.Frame()
	k := f.Keys
	hidden := func(a Action) Action { a.Unlisted = a.Why != ""; return a }
	again := settled(h, "restore it", func() tea.Cmd { return restore(h, t) })
	bringBack := Action{Key: draw.Does(k.Undo, "restore"), Why: f.barOr(cantRestore(t)), Do: again}
	return []Action{
		hidden(bringBack),
		{Key: k.Copy, Do: func() tea.Cmd { return CopyLink(h, t, "") }, Unlisted: bringBack.Why == ""},
		hidden(Action{Key: k.Edit, Why: f.barOr(cantEdit(t)), Do: func() tea.Cmd { return h.Open(newEdit(h, t)) }}),
		hidden(Action{Key: k.Delete, Why: f.barOr(cantDelete(t)), Do: func() tea.Cmd { return askDelete(h, t) }}),
		{Key: k.Code, Why: cantCopy(t), Do: func() tea.Cmd { return openQR(h, &qr{secret: t.Secret}) }, Unlisted: true},
	}
}

func (s *links) write(f Frame, msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	s.filter, cmd = s.filter.Update(draw.Printable(msg))
	s.list = draw.List{}
	s.sift(f)
	return cmd
}

func (s *links) chosen() (model.Token, bool) {
	if s.list.Chosen >= len(s.rows) {
		return model.Token{}, false
	}
	return s.all[s.rows[s.list.Chosen]], true
}
