package screen

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/session"
)

// role chooses another root role for an account.
type role struct {
	Base
	shown model.Account
	roles []model.Role
	list  draw.List
}

// openRole opens the choice, with the present role chosen.
func openRole(h Host, shown model.Account, roles []model.Role) tea.Cmd {
	s := &role{shown: shown, roles: roles}
	for i, r := range roles {
		if r.ID == shown.Role.ID {
			s.list.Chosen = i
		}
	}
	return h.Open(s)
}

// Update implements Screen.
func (*role) Update(Host, tea.Msg) tea.Cmd { return nil }

// Keys implements Screen.
func (s *role) Keys(h Host) []Action {
	f := h.Frame()
	k := f.Keys
	why := ""
	if s.roles[s.list.Chosen].ID == s.shown.Role.ID {
		why = "That is already its role."
	}
	return append(moves(k, &s.list, len(s.roles), max(f.Height-4, 1)),
		Action{Key: draw.Does(k.Submit, "give this role"), Why: f.barOr(why), Do: func() tea.Cmd { return s.choose(h) }},
		Action{Key: k.Up}, Action{Key: k.Down}, Action{Key: k.Help}, Action{Key: draw.Does(k.Cancel, "cancel"), Do: nothing(h.Close)})
}

// choose gives the role; Admin only after a question.
func (s *role) choose(h Host) tea.Cmd {
	to := s.roles[s.list.Chosen]
	h.Close()
	if !to.Admin() {
		return giveRole(h, s.shown, to)
	}
	const declined = "The role was not changed."
	act := func() tea.Cmd { return giveRole(h, s.shown, to) }
	return ask(h, &confirmAdmin{shown: s.shown, declined: declined, act: act}, "make this account an Admin", declined, act)
}

func giveRole(h Host, shown model.Account, to model.Role) tea.Cmd {
	api := h.Session().Instance.API
	label := h.Frame().label(shown)
	return h.Write(session.Write{
		Doing: "Changing the role", Accounts: true,
		Do: func(ctx context.Context) (model.Links, error) {
			err := api.ChangeRole(ctx, shown, to)
			links, _ := api.Look(context.WithoutCancel(ctx)) // if it fails, the next look tells
			return links, err
		},
	}, func(_ model.Links, besides string) (string, tea.Cmd) {
		return label + " now has the role " + to.Name + "." + besides, nil
	})
}

// View implements Screen.
func (s *role) View(f Frame) draw.Page {
	var p draw.Page
	p.Add(draw.Keep, draw.Truncate(" "+f.Styles.Title.Render("Which role?")+"   "+f.named(s.shown), f.Width-1))
	p.Add(draw.FirstGap, "")
	from, to := s.list.Seen(len(s.roles), f.Height-len(p))
	for i := from; i < to; i++ {
		p.AddItem(f.Styles, " "+draw.Truncate(s.roles[i].Name, f.Width-4), i == s.list.Chosen, f.Width)
	}
	return p
}

// confirmAdmin asks whether an account is to be an Admin's.
type confirmAdmin struct {
	Question
	shown    model.Account
	declined string
	act      func() tea.Cmd
}

// Update implements Screen.
func (c *confirmAdmin) Update(h Host, msg tea.Msg) tea.Cmd {
	return decline(h, msg, h.Frame().Styles.Plain, c.declined)
}

// Keys implements Screen.
func (c *confirmAdmin) Keys(h Host) []Action {
	k := h.Frame().Keys
	return []Action{
		{Key: draw.Does(k.Confirm, "make it an Admin"), Do: c.once(func() tea.Cmd { h.Close(); return c.act() })},
		{Key: draw.Does(k.Cancel, "cancel")},
	}
}

// View implements Screen.
func (c *confirmAdmin) View(f Frame) draw.Page {
	var p draw.Page
	p.Add(draw.Keep, " "+f.Styles.Title.Render("Make this account an Admin?"))
	p.Add(draw.FirstGap, "")
	p.Add(draw.Keep, draw.Truncate("   "+f.named(c.shown), f.Width-1))
	p.Add(draw.Gap, "")
	text := fmt.Sprintf("An Admin can do everything on %s, even remove your account.", f.Instance.Host)
	p.Add(draw.Keep, draw.Paragraph(f.Styles.Warning, text, f.Width-2)...)
	return p
}
