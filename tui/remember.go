package tui

import (
	"context"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/tui/draw"
)

// keepNowhere is the choice of not remembering the instance.
const keepNowhere Keep = -1

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
	address, token string
	// places are where the token can be kept; nil until that is known.
	places []Keep
	chosen int
	// others are the profiles that there are.
	others                          []Profile
	name, from                      textinput.Model
	production, readOnly, fromNowOn bool
	focus                           rememberField
	tried                           bool
	saving                          check
}

type (
	// placesMsg says where a token can be kept, and which profiles there are.
	placesMsg struct {
		places []Keep
		others []Profile
	}
	// rememberedMsg says how the remembering of that number ended.
	rememberedMsg struct {
		number int
		wish   Remembering
		err    error
	}
)

// openRemember offers to remember the instance that was just connected.
func (m *Model) openRemember(address, token string) tea.Cmd {
	r := &remember{address: address, token: token, name: draw.NewInput(m.styles, 60), from: draw.NewInput(m.styles, 1000)}
	m.open(r)
	instances := m.instances
	return func() tea.Msg {
		others, _ := instances.Profiles() // remembering fails with the same error
		return screenMsg{r, placesMsg{instances.CanKeep(context.Background()), others}}
	}
}

func (r *remember) update(m *Model, msg tea.Msg) tea.Cmd {
	switch msg := draw.Printable(msg).(type) {
	case placesMsg:
		r.learn(msg, m.on)
	case rememberedMsg:
		return r.remembered(m, msg)
	case slowCheckMsg:
		spinning := m.spinning()
		msg.check.slow = msg.check.running && msg.check.number == msg.number
		return m.spinUnless(spinning)
	case tea.KeyPressMsg:
		return r.press(m, msg)
	case tea.PasteMsg:
		return r.edit(msg)
	}
	return nil
}

// learn takes in what the choices are. The token is kept by the system's keyring
// unless the person wants otherwise, and without one nowhere.
func (r *remember) learn(msg placesMsg, on Instance) {
	r.others = msg.others
	r.places = append(slices.Clone(msg.places), keepNowhere)
	if !slices.Contains(msg.places, KeepInKeyring) {
		r.places = append([]Keep{keepNowhere}, msg.places...)
	}
	r.name.SetValue(unusedName(proposedName(r.address), r.others))
	r.name.CursorEnd()
	r.fromNowOn = len(r.others) == 0
	r.production, r.readOnly = on.Production, on.ReadOnly // marks hold for the address
}

func (r *remember) press(m *Model, msg tea.KeyPressMsg) tea.Cmd {
	k := m.keyMap
	switch {
	case key.Matches(msg, k.Cancel):
		m.close()
		return nil
	case r.saving.running || r.places == nil:
		return nil
	case key.Matches(msg, k.Submit):
		return r.send(m)
	case key.Matches(msg, k.Next):
		r.moveFocus(1)
		return nil
	case key.Matches(msg, k.Previous):
		r.moveFocus(-1)
		return nil
	case r.focus == placeField && key.Matches(msg, k.Left):
		r.choose(r.chosen - 1)
		return nil
	case r.focus == placeField && key.Matches(msg, k.Right):
		r.choose(r.chosen + 1)
		return nil
	}
	if on := r.toggled(); on != nil {
		if key.Matches(msg, k.Toggle, k.Left, k.Right) {
			*on = !*on
		}
		return nil
	}
	return r.edit(msg)
}

func (r *remember) choose(i int) {
	r.chosen = max(min(i, len(r.places)-1), 0)
	r.saving.err, r.tried = nil, false
}

// place is where the token is to be kept.
func (r *remember) place() Keep {
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

func (r *remember) edit(msg tea.Msg) tea.Cmd {
	r.saving.err, r.tried = nil, false
	before := r.name.Value()
	r.name, _ = r.name.Update(msg) // a field without the focus takes nothing
	r.from, _ = r.from.Update(msg)
	if r.name.Value() != before {
		r.takeMarks()
	}
	return nil
}

// takeMarks takes over the marks of the profile that would be replaced, so that replacing its token never drops them
// unasked.
func (r *remember) takeMarks() {
	name := strings.TrimSpace(r.name.Value())
	if i := slices.IndexFunc(r.others, func(p Profile) bool { return p.Name == name }); i >= 0 {
		p := r.others[i]
		r.production, r.readOnly = p.Production, p.ReadOnly
	}
}

// asksFrom says that the place needs to be told more: a command, or a variable's name.
func (r *remember) asksFrom() bool {
	return r.place() == KeepInCommand || r.place() == KeepInEnvironment
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
func (r *remember) send(m *Model) tea.Cmd {
	wish := Remembering{
		Name: strings.TrimSpace(r.name.Value()), Address: r.address, Token: r.token, Keep: r.place(),
		Default: r.fromNowOn, ReadOnly: r.readOnly, Production: r.production,
	}
	if r.asksFrom() {
		wish.From = strings.TrimSpace(r.from.Value())
	}
	switch {
	case wish.Keep == keepNowhere:
		m.close()
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
	ctx, number := r.saving.begin()
	instances := m.instances
	save := func() tea.Msg { return screenMsg{r, rememberedMsg{number, wish, instances.Remember(ctx, wish)}} }
	return tea.Batch(save, m.after(slowAfter, screenMsg{r, slowCheckMsg{&r.saving, number}}))
}

func (r *remember) remembered(m *Model, msg rememberedMsg) tea.Cmd {
	if !r.saving.end(msg.number, msg.err) || msg.err != nil {
		return nil
	}
	m.close()
	m.on.Profile, m.on.Production, m.on.ReadOnly = msg.wish.Name, msg.wish.Production, msg.wish.ReadOnly
	text := "Remembered as " + msg.wish.Name + ": the program starts with it from now on."
	if !msg.wish.Default {
		text = "Remembered as " + msg.wish.Name + ": p goes to it from any other."
	}
	return m.say(m.styles.Success, text)
}

func (r *remember) keys(m *Model) []key.Binding {
	k := m.keyMap
	enter := draw.Does(k.Submit, "remember")
	if r.place() == keepNowhere {
		enter = draw.Does(k.Submit, "go on")
	}
	keys := []key.Binding{k.Next}
	if r.focus == placeField {
		keys = []key.Binding{k.Right, k.Next}
	} else if r.toggled() != nil {
		keys = []key.Binding{k.Toggle, k.Next}
	}
	return append(keys, enter, draw.Does(k.Cancel, "don't remember"))
}

func (r *remember) closed() { r.saving.drop() }

func (r *remember) waiting() bool { return r.saving.slow }

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
func unusedName(name string, others []Profile) string {
	used := func(name string) bool {
		return slices.ContainsFunc(others, func(p Profile) bool { return p.Name == name })
	}
	unused := name
	for n := 2; used(unused); n++ {
		unused = name + "-" + strconv.Itoa(n)
	}
	return unused
}
