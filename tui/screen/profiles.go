package screen

import (
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/session"
)

// profiles lists the profiles with how it stands with each one's link, and goes to the chosen one.
type profiles struct {
	Base
	rows []profileRow
	list draw.List
	// marks are the names of the profiles whose links are to be rotated.
	marks map[string]bool
	// listed reports that the profiles are known, err why they are not.
	listed bool
	err    error
	// wanted is the profile to go to as soon as its token is there.
	wanted string
	// listing lists the profiles, pause is the time until the next look at them.
	listing, pause slot
	// whole reports that each instance is asked about every link.
	whole bool
	// openers and askers are the places for those that are opened and asked side by side.
	openers, askers chan struct{}
}

// profileRow is one profile and the state of its instance.
type profileRow struct {
	session.Profile
	// opening makes its instance ready, asking asks that for its links.
	opening, asking *slot
	// shut reports that its token could not be had; it is asked for again when the user wants it.
	shut bool
	// err is why its token or its links could not be had; links are the last that could.
	err   error
	links model.Links
	// instance is the one that the links are of.
	instance session.Instance
}

func newProfileRow(p session.Profile) profileRow {
	return profileRow{Profile: p, opening: new(slot), asking: new(slot)}
}

// production and readOnly are its marks, those of other profiles of its address included.
func (r *profileRow) production() bool { return r.Production || r.instance.Production }
func (r *profileRow) readOnly() bool   { return r.ReadOnly || r.instance.ReadOnly }

// asks reports whether its token may be had once the user is asked in the terminal.
func (r *profileRow) asks() bool {
	locked, ok := errors.AsType[interface {
		error
		Locked() bool
	}](r.err)
	return r.shut && (r.MayAsk || ok && locked.Locked())
}

func (r *profileRow) busy() bool { return r.opening.running() || r.asking.running() }

// cantListProfiles is why there are no profiles to list, or empty.
func cantListProfiles(h Host) string {
	if h.Instances() == nil {
		return "The demo has no profiles: start without --demo."
	}
	return ""
}

// OpenProfiles shows the profiles.
func OpenProfiles(h Host) tea.Cmd {
	s := &profiles{openers: make(chan struct{}, openedAtOnce), askers: make(chan struct{}, askedAtOnce)}
	return tea.Batch(h.Open(s), s.look(h, false))
}

// Update implements Screen.
func (*profiles) Update(Host, tea.Msg) tea.Cmd { return nil }

// Keys implements Screen. A key that moves the choice gives up the profile that was to be opened.
func (s *profiles) Keys(h Host) []Action {
	f := h.Frame()
	k := f.Keys
	all := []Action{
		{Key: draw.Does(k.Submit, "open"), Do: func() tea.Cmd { return s.choose(h) }, Off: len(s.rows) == 0},
	}
	all = append(all, s.onMarked(h)...) // space marks, so it does not page down
	all = append(all,
		Action{Key: draw.Does(k.New, "add one"), Do: func() tea.Cmd { s.wanted = ""; return h.Open(newConnect(f.Styles, false)) }},
		Action{Key: k.Refresh})
	for _, a := range moves(k, &s.list, len(s.rows), s.height(f)) {
		move := a.Do
		a.Do = func() tea.Cmd { s.wanted = ""; return move() }
		all = append(all, a)
	}
	if !f.Connected() {
		return append(all, Action{Key: k.Help}, Action{Key: k.Quit})
	}
	return append(all, Action{Key: k.Quit}, Action{Key: k.Help}, Action{Key: k.Back, Do: nothing(h.Close)},
		Action{Key: k.Profiles, Do: nothing(h.Close), Unlisted: true})
}

// goTo goes to the instance, or closes the list where the program is there already.
func goTo(h Host, to session.Instance) tea.Cmd {
	here, there := h.Session().Instance, to
	here.API, there.API = nil, nil
	if here == there {
		h.Close()
		return nil
	}
	return AskToLeave(h, "switch to "+to.Host, func() tea.Cmd { return h.Switch(to) })
}

// choose goes to the chosen profile; where its token is not there yet, once it is.
func (s *profiles) choose(h Host) tea.Cmd {
	row := &s.rows[s.list.Chosen]
	if row.asks() {
		return s.askInTerminal(h, row.Name)
	}
	s.wanted = row.Name
	wait := h.Say(h.Frame().Styles.Plain, "Opening "+row.Name+"…")
	if row.opening.running() {
		return wait
	}
	return tea.Batch(wait, s.open(h, row))
}

// Refresh implements Refresher: every profile's server is asked again.
func (s *profiles) Refresh(h Host) tea.Cmd {
	s.wanted = ""
	return s.look(h, true)
}

// Elsewhere implements the interface of that name.
func (*profiles) Elsewhere() {}

// row is the profile's, or nil.
func (s *profiles) row(name string) *profileRow {
	if i := slices.IndexFunc(s.rows, func(r profileRow) bool { return r.Name == name }); i >= 0 {
		return &s.rows[i]
	}
	return nil
}
