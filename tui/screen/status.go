package screen

import (
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// Status shows how it stands with the current link.
type Status struct {
	Base
	beside besideCode
}

// Keys implements Screen, ordered by what helps most in the present state.
func (*Status) Keys(h Host) []Action {
	f := h.Frame()
	k, s := f.Keys, f.Session
	t, _ := s.Current()
	refresh := Action{Key: draw.Does(k.Refresh, "try again"), Do: s.RefreshNow}
	stop := Action{Key: draw.Does(k.Back, "stop"), Do: s.Stop, Unlisted: f.Known()}
	renew := Action{Key: k.Token, Why: f.cantRenew(), Do: func() tea.Cmd { return openNewToken(h) }}
	copying := Action{Key: k.Copy, Why: f.unknownOr(cantCopy(t)), Do: func() tea.Cmd { return CopyLink(h, t, "") }}
	create := Action{Key: k.New, Why: f.barOr(f.cantCreate()), Do: settled(h, "new link", func() tea.Cmd { return h.Open(newCreate(h)) })}
	rotate := Action{Key: k.Rotate, Why: f.barOr(cantRotate(t)), Do: settled(h, "rotate", func() tea.Cmd { return askRotate(h, t) })}
	edit := Action{Key: k.Edit, Why: f.barOr(cantEdit(t)), Do: func() tea.Cmd { return h.Open(newEdit(h, t)) }}
	remove := Action{Key: k.Delete, Why: f.barOr(cantDelete(t)), Do: func() tea.Cmd { return askDelete(h, t) }}
	bringBack := undo(h, t)
	var all []Action
	switch {
	case f.SlowLook() && !f.Known():
	case f.Err != nil || f.Stale() || !f.Known():
		all = []Action{renew, refresh, copying, rotate, edit, remove, create}
	case t.Live(f.Now) && t.Status(f.Now) == model.StatusEndingSoon:
		all = []Action{edit, copying, rotate, remove}
	case t.Live(f.Now):
		all = []Action{copying, rotate, edit, remove}
	case t.Status(f.Now) == model.StatusRefused:
		all = []Action{bringBack, edit, rotate, remove, create, copying}
	case t.Enabled:
		all = []Action{bringBack, rotate, create, edit, remove, copying}
	default:
		all = []Action{bringBack, create, copying}
	}
	all = append([]Action{maintenance(h, t)}, all...)
	if f.SlowLook() {
		all = append([]Action{stop}, all...)
	}
	for _, a := range []Action{copying, create, rotate, edit, remove, bringBack, renew} { // they say why they can't act
		a.Unlisted = true
		all = append(all, a)
	}
	return append(all, toSee(h, t)...)
}

// undo brings back what was deleted together, else the link shown, whoever deleted it.
func undo(h Host, t model.Token) Action {
	f := h.Frame()
	key, undone := f.Keys.Undo, f.UndoneTogether()
	if len(undone) == 0 && t.Secret != "" && !t.Enabled {
		undone, key = []model.Token{t}, draw.Does(key, "restore")
	}
	return Action{
		Key: key, Why: f.barOr(cantUndo(len(undone) > 0)),
		Do: settled(h, "undo", func() tea.Cmd { return restoreTogether(h, undone) }),
	}
}

// toSee opens what there is to see beside the status.
func toSee(h Host, t model.Token) []Action {
	f := h.Frame()
	k := f.Keys
	return []Action{
		{Key: k.Links, Why: f.unknownOr(""), Do: func() tea.Cmd { return h.Open(newLinks(h)) }, Unlisted: len(f.Links.Tokens) == 0},
		{Key: k.Joined, Why: f.unknownOr(cantList(f, t)), Do: func() tea.Cmd { return openJoined(h, "") }, Unlisted: len(f.People().Joined) == 0},
		{Key: k.Code, Why: f.unknownOr(cantCopy(t)), Do: func() tea.Cmd { return openQR(h, &qr{}) }},
		{Key: k.Profiles, Why: cantListProfiles(h), Do: func() tea.Cmd { return OpenProfiles(h) }},
		{Key: k.Mask},
		{Key: k.Curl, Why: f.unknownOr(""), Do: func() tea.Cmd { return openCurl(h, false) }},
		{Key: k.Limit, Why: f.barOr(f.cantLimit(t)), Do: func() tea.Cmd { return h.Open(newLimit(h, t)) }},
		{Key: k.Help}, {Key: k.Quit},
	}
}

// cantList is why there are no people to list: nobody joined, by no link.
func cantList(f Frame, t model.Token) string {
	if len(f.People().Joined) > 0 {
		return ""
	}
	return cantCopy(t)
}

func cantUndo(something bool) string {
	if !something {
		return "There is nothing to undo: u brings back what was deleted here last."
	}
	return ""
}

// unknownOr is that nothing can be done while nothing is known, or else the reason.
func (f Frame) unknownOr(reason string) string {
	if !f.Known() {
		return "Nothing is known about the links yet: ctrl+r asks again."
	}
	return reason
}

// barOr returns what bars every write, or else the reason.
func (f Frame) barOr(reason string) string { return firstReason(f.WhyReadOnly(), f.unknownOr(reason)) }

// View implements Screen.
func (s *Status) View(f Frame) draw.Page {
	var p draw.Page
	p.Add(draw.Keep, f.headline(f.Width)...)
	if !f.Known() {
		p.Add(draw.FirstGap, "")
		p.Add(draw.Keep, f.Problem(f.Width-2)...)
	}
	t, ok := f.Current()
	if !ok {
		return p
	}
	status, mark, _ := f.Status()
	p.Add(draw.Hint, f.proofRow(t, mark+" "+status.String()+f.Others(), f.Width)...)
	p.Add(draw.FirstGap, "")
	p.Add(draw.Keep, linkRows(t.URL, f.Width)...)
	p.Add(draw.Gap, "")
	room := f.Height - len(p)
	if fit, ok := s.beside.fit(f, t, room); ok {
		facts := f.details(t, f.Width-fit.Columns()-2, room).Fit(room)
		return append(p, s.beside.lay(f, facts, fit)...)
	}
	return append(p, f.details(t, f.Width, room)...)
}
