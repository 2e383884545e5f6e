package screen

import (
	"context"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/tui/draw"
	"unleash-invite/tui/session"
)

// keepNowhere is the choice of not remembering the instance.
const keepNowhere session.Keep = -1

// rememberField is a row of the screen that can have the focus.
type rememberField int

const (
	placeField rememberField = iota
	fromField
	profileField
	productionField
	readOnlyField
	defaultField
)

// remember offers to make the instance at work a profile.
type remember struct {
	Base
	address, token string
	// places are where the token can be kept; nil until that is known.
	places []session.Keep
	chosen int
	// others are the profiles that there are.
	others                          []session.Profile
	name, from                      textinput.Model
	production, readOnly, fromNowOn bool
	focus                           rememberField
	tried                           bool
	asking                          slot
	saving                          lookup
}

// openRemember offers to remember the instance that was just connected.
func openRemember(h Host, address, token string) tea.Cmd {
	styles := h.Frame().Styles
	r := &remember{address: address, token: token, name: draw.NewInput(styles, 60), from: draw.NewInput(styles, 1000)}
	instances := h.Instances()
	return tea.Batch(h.Open(r), r.Ask(h, &r.asking, func(ctx context.Context) session.Take {
		others, _ := instances.Profiles() // remembering fails with the same error
		places := instances.CanKeep(ctx)
		return func() tea.Cmd { r.learn(places, others, h.Session().Instance); return nil }
	}))
}

// TakesText implements TextTaker.
func (*remember) TakesText() bool { return true }

// Update implements Screen.
func (r *remember) Update(_ Host, msg tea.Msg) tea.Cmd {
	switch msg := draw.Printable(msg).(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
		if !r.saving.running() && r.places != nil {
			r.edit(msg)
		}
	}
	return nil
}

// learn records what the choices are. The token is kept by the system's keyring
// unless the user wants otherwise, and without one nowhere.
func (r *remember) learn(places []session.Keep, others []session.Profile, on session.Instance) {
	r.others = others
	r.places = append(slices.Clone(places), keepNowhere)
	if !slices.Contains(places, session.KeepInKeyring) {
		r.places = append([]session.Keep{keepNowhere}, places...)
	}
	r.name.SetValue(unusedName(proposedName(r.address), r.others))
	r.name.CursorEnd()
	r.fromNowOn = len(r.others) == 0
	r.production, r.readOnly = on.Production, on.ReadOnly // marks hold for the address
}

// Keys implements Screen.
func (r *remember) Keys(h Host) []Action {
	k := h.Frame().Keys
	enter := "remember"
	if r.place() == keepNowhere {
		enter = "continue"
	}
	busy := r.saving.running() || r.places == nil
	places, on := r.focus == placeField, r.toggled()
	all := []Action{
		{Key: k.Right, Do: nothing(func() { r.choose(r.chosen + 1) }), Off: !places},
		{Key: k.Left, Do: nothing(func() { r.choose(r.chosen - 1) }), Off: !places, Unlisted: true},
	}
	if on != nil {
		flip := nothing(func() { *on = !*on })
		all = []Action{{Key: k.Toggle, Do: flip}, {Key: k.Left, Do: flip, Unlisted: true}, {Key: k.Right, Do: flip, Unlisted: true}}
	}
	all = append(all,
		Action{Key: k.Next, Do: nothing(func() { r.moveFocus(1) })},
		Action{Key: k.Previous, Do: nothing(func() { r.moveFocus(-1) }), Unlisted: true},
		Action{Key: draw.Does(k.Submit, enter), Do: func() tea.Cmd { return r.send(h) }})
	if busy {
		for i := range all {
			all[i].Do = nothing(func() {})
		}
	}
	return append(all, Action{Key: draw.Does(k.Cancel, "don't remember"), Do: nothing(h.Close)})
}

func (r *remember) choose(i int) {
	r.chosen = max(min(i, len(r.places)-1), 0)
	r.saving.err, r.tried = nil, false
}

// place is where the token is to be kept.
func (r *remember) place() session.Keep {
	if r.places == nil {
		return keepNowhere
	}
	return r.places[r.chosen]
}

// toggled is the switch that has the focus, if one has it.
func (r *remember) toggled() *bool {
	switch r.focus {
	case productionField:
		return &r.production
	case readOnlyField:
		return &r.readOnly
	case defaultField:
		return &r.fromNowOn
	default:
		return nil
	}
}

func (r *remember) edit(msg tea.Msg) {
	if r.toggled() != nil {
		return
	}
	r.saving.err, r.tried = nil, false
	before := r.name.Value()
	r.name, _ = r.name.Update(msg) // a field without the focus takes nothing
	r.from, _ = r.from.Update(msg)
	if r.name.Value() != before {
		r.takeMarks()
	}
}

// takeMarks takes over the marks of the profile that would be replaced, so that replacing its token never drops them
// unasked.
func (r *remember) takeMarks() {
	name := strings.TrimSpace(r.name.Value())
	if i := slices.IndexFunc(r.others, func(p session.Profile) bool { return p.Name == name }); i >= 0 {
		p := r.others[i]
		r.production, r.readOnly = p.Production, p.ReadOnly
	}
}

// asksFrom reports whether the place needs to be told more: a command, or a variable's name.
func (r *remember) asksFrom() bool {
	return r.place() == session.KeepInCommand || r.place() == session.KeepInEnvironment
}

// fields are those that can have the focus now.
func (r *remember) fields() []rememberField {
	switch {
	case r.place() == keepNowhere:
		return []rememberField{placeField}
	case r.asksFrom():
		return []rememberField{placeField, fromField, profileField, productionField, readOnlyField, defaultField}
	}
	return []rememberField{placeField, profileField, productionField, readOnlyField, defaultField}
}

func (r *remember) moveFocus(by int) {
	fields := r.fields()
	at := max(slices.Index(fields, r.focus), 0)
	r.setFocus(fields[(at+by+len(fields))%len(fields)])
}

func (r *remember) setFocus(to rememberField) {
	r.focus = to
	r.name.Blur()
	r.from.Blur()
	if to == profileField {
		r.name.Focus()
	}
	if to == fromField {
		r.from.Focus()
	}
}

// send remembers the instance, or goes on without.
func (r *remember) send(h Host) tea.Cmd {
	wish := session.Remembering{
		Name: strings.TrimSpace(r.name.Value()), Address: r.address, Token: r.token, Keep: r.place(),
		Default: r.fromNowOn, ReadOnly: r.readOnly, Production: r.production,
	}
	if r.asksFrom() {
		wish.From = strings.TrimSpace(r.from.Value())
	}
	switch {
	case wish.Keep == keepNowhere:
		h.Close()
		return nil
	case r.asksFrom() && wish.From == "":
		r.tried = true
		r.setFocus(fromField)
		return nil
	case wish.Name == "":
		r.tried = true
		r.setFocus(profileField)
		return nil
	}
	r.saving.err = nil
	instances := h.Instances()
	return r.Ask(h, &r.saving.slot, func(ctx context.Context) session.Take {
		err := instances.Remember(ctx, wish)
		return func() tea.Cmd { return r.remembered(h, wish, err) }
	})
}

func (r *remember) remembered(h Host, wish session.Remembering, err error) tea.Cmd {
	r.saving.err = err
	if err != nil {
		return nil
	}
	h.Close()
	h.Session().Remembered(wish)
	text := "Remembered as " + wish.Name + ": the program starts with it from now on."
	if !wish.Default {
		text = "Remembered as " + wish.Name + ": p switches to it."
	}
	return h.Say(h.Frame().Styles.Success, text)
}

// proposedName is the last part of the address's path, or else its host.
func proposedName(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if last := path.Base(u.Path); last != "." && last != "/" {
		return last
	}
	return u.Hostname()
}

// unusedName is the name, with a number behind it where a profile has it already.
func unusedName(name string, others []session.Profile) string {
	used := func(name string) bool {
		return slices.ContainsFunc(others, func(p session.Profile) bool { return p.Name == name })
	}
	unused := name
	for n := 2; used(unused); n++ {
		unused = name + "-" + strconv.Itoa(n)
	}
	return unused
}
