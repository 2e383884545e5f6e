package screen

import (
	"context"
	"slices"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/paste"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/session"
)

// newToken asks for another token where the server refused the one in use; all else of the instance stays.
type newToken struct {
	Base
	typed textinput.Model
	// profile is the instance's, if it has one, once it is known.
	profile session.Profile
	finding slot
	signIn  lookup
	tried   bool
}

// cantRenew is why no other token is asked for, or empty.
func (f Frame) cantRenew() string {
	if !f.TokenRefused() {
		return "The server accepts your token: t is for a new one when it no longer does."
	}
	return ""
}

func openNewToken(h Host) tea.Cmd {
	s := &newToken{typed: draw.NewInput(h.Frame().Styles, 4000)}
	s.typed.Focus()
	open := h.Open(s)
	name, instances := h.Session().Instance.Profile, h.Instances()
	if name == "" || instances == nil {
		return open
	}
	return tea.Batch(open, s.Ask(h, &s.finding, func(context.Context) session.Take {
		all, _ := instances.Profiles() // keeping the token fails with the same error
		at := slices.IndexFunc(all, func(p session.Profile) bool { return p.Name == name })
		return func() tea.Cmd {
			if at >= 0 {
				s.profile = all[at]
			}
			return nil
		}
	}))
}

// TakesText implements TextTaker.
func (*newToken) TakesText() bool { return true }

// TellsProblem implements ProblemTeller.
func (*newToken) TellsProblem() {}

// Update implements Screen.
func (s *newToken) Update(_ Host, msg tea.Msg) tea.Cmd {
	switch msg := draw.Printable(msg).(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
		before := s.typed.Value()
		s.typed, _ = s.typed.Update(msg)
		if s.typed.Value() != before {
			s.signIn.drop()
			s.signIn.err, s.tried = nil, false
		}
	}
	return nil
}

// Keys implements Screen.
func (s *newToken) Keys(h Host) []Action {
	f := h.Frame()
	k := f.Keys
	cancel := Action{Key: draw.Does(k.Cancel, "back"), Do: nothing(h.Close)}
	if s.signIn.running() {
		cancel = Action{Key: draw.Does(k.Cancel, "stop"), Do: nothing(s.signIn.drop)}
	}
	return []Action{
		{Key: k.Browse, Do: func() tea.Cmd { return h.Browse(tokensPage(f.Instance.Address)) }, Off: !wants(s.typed)},
		{Key: draw.Does(k.Submit, "use it"), Do: func() tea.Cmd { return s.submit(h) }},
		cancel,
	}
}

// submit has the server check the token, and then puts it where the old one is kept.
func (s *newToken) submit(h Host) tea.Cmd {
	token, err := paste.Token(s.typed.Value())
	s.tried = true
	if err != nil || token == "" || s.signIn.running() || s.finding.running() {
		return nil
	}
	s.signIn.err = nil
	api, instances, profile := h.Session().Instance.API, h.Instances(), s.profile
	return s.Ask(h, &s.signIn.slot, func(ctx context.Context) session.Take {
		var kept error
		user, server, err := api.Renew(ctx, token)
		if err == nil && profile.KeepsToken {
			kept = instances.KeepToken(ctx, profile.Name, token)
		}
		return func() tea.Cmd { return s.renewed(h, session.SignedIn{User: user, Server: server}, err, kept) }
	})
}

// renewed goes on with the new token, and says where it is kept.
func (s *newToken) renewed(h Host, signed session.SignedIn, err, kept error) tea.Cmd {
	s.signIn.err = err
	if err != nil {
		return nil
	}
	h.Close()
	h.Session().SignedIn(signed.User, signed.Server)
	styles := h.Frame().Styles
	style, text := styles.Warning, "The new token works until you quit. "
	switch p := s.profile; {
	case kept != nil:
		style, text = styles.Failure, text+"It was not saved: "+draw.Sentence(kept)
	case p.KeepsToken:
		style, text = styles.Success, "The new token works and has replaced the old one in "+p.TokenFrom+"."
	case p.Name != "":
		text += "The profile " + p.Name + " gets its token from " + p.TokenFrom + ": put the new one there."
	default:
		text += "Put it where the old one came from for the next start."
	}
	return tea.Batch(h.Session().Refresh(), h.Say(style, text))
}

// View implements Screen.
func (s *newToken) View(f Frame) draw.Page {
	d := draw.NewDetails(f.Styles, f.Width)
	d.Page.Add(draw.Keep, draw.Paragraph(f.Styles.Title, "The server refuses the token: give a new one", f.Width-2)...)
	d.Page.Add(draw.FirstGap, "")
	if f.Instance.Profile != "" {
		d.Fact(draw.Hint, "Profile", f.Instance.Profile, "")
	}
	d.Fact(draw.Vital, "Address", f.Instance.Address, "")
	d.Page.Add(draw.Gap, "")
	d.Secret(draw.Keep, "Token", s.typed)
	s.about(f, d)
	return d.Page
}

// about says below the field how the token was taken, or where to get one and what becomes of it.
func (s *newToken) about(f Frame, d *draw.Details) {
	token, unread := paste.Token(s.typed.Value())
	switch {
	case s.signIn.running():
		text := "asking the server whose token it is…"
		if s.signIn.slow() {
			text = f.Busy(text)
		}
		d.Warn(draw.Keep, f.Styles.Plain, text)
	case s.signIn.err != nil:
		d.Wrong(draw.Keep, true, draw.Sentence(s.signIn.err))
	case unread != nil:
		d.Wrong(draw.Keep, true, "this is "+unread.Error())
	case s.tried && token == "":
		d.Wrong(draw.Keep, true, "the token is missing: paste one")
	case token == "":
		tokenHint(d, f.Instance.Address)
	case s.profile.KeepsToken:
		d.Hint(draw.Hint, "it replaces the old one in "+s.profile.TokenFrom)
	case s.profile.Name != "":
		d.Hint(draw.Hint, "it is used until you quit: the profile gets its token from "+s.profile.TokenFrom)
	default:
		d.Hint(draw.Hint, "it is used until you quit")
	}
}

// wants reports whether a field waits for a token, so that a letter which no token begins with is a key.
func wants(token textinput.Model) bool { return token.Focused() && token.Value() == "" }

// tokensPage is where an Unleash makes tokens.
func tokensPage(address string) string { return address + "/profile/personal-api-tokens" }

// tokenHint says where to get a token.
func tokenHint(d *draw.Details, address string) {
	d.Hint(draw.Warning, "an Admin's personal API token: Unleash makes one at")
	d.Hint(draw.Warning, tokensPage(address))
}
