package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"unleash-invite/model"
)

// removing is whose accounts are to be removed.
type removing struct {
	ids   []int64
	since time.Duration
	by    string
}

func (p *program) removeCommand() *cobra.Command {
	var w writing
	var r removing
	c := p.command(&cobra.Command{
		Use: "remove [ID]...", Short: "Remove accounts of people who joined",
		Long: "Remove the accounts with these ids, which joined -q prints, or of everyone who joined recently: their sessions and tokens\n" +
			"end at once. Only accounts that joined with an invite link can be removed; ids without an account are passed over. After\n" +
			"a leak on Unleash 6 or older, remove first, then rotate: there every account can read a new link.",
	}, p.writes(&w, r.plan))
	c.Args = func(_ *cobra.Command, args []string) error { return r.read(args) }
	spanFlag(c.Flags(), &r.since, "joined-since", "everyone who joined in the last `TIME`, such as 2h or 3d")
	c.Flags().StringVar(&r.by, "by", "", "of those, only people who joined with the link of this `SECRET` (its beginning is enough)")
	w.register(c, true)
	return c
}

// read takes the ids. The error doesn't repeat what is none: it may be a token in the wrong place.
func (r *removing) read(args []string) error {
	r.ids = nil
	for _, text := range args {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil || id < 1 {
			return wrong(errors.New("an argument is not an id: joined prints the ids"))
		}
		r.ids = append(r.ids, id)
	}
	switch {
	case len(r.ids) == 0 && r.since <= 0:
		return wrong(errors.New("there is nobody to remove: give ids, which joined prints, or --joined-since"))
	case len(r.ids) > 0 && (r.since > 0 || r.by != ""):
		return wrong(errors.New("give either ids or --joined-since, not both"))
	}
	return nil
}

func (r *removing) plan(ctx context.Context, t *target, links model.Links) (plan, error) {
	accounts, err := t.API.Accounts(ctx)
	if err != nil {
		return plan{}, err
	}
	who, err := r.chosen(t, links, accounts)
	if err != nil {
		return plan{}, err
	}
	switch {
	case len(who) == 0 && r.since == 0:
		return plan{}, nothingError{error: errors.New("nobody is left to remove")}
	case len(who) == 0:
		return plan{}, nothingError{error: errors.New("nobody joined in that time")}
	}
	changes, shown := make([]change, len(who)), make([]model.Account, len(who))
	people := t.people(who)
	for i, j := range who {
		changes[i], shown[i] = change{Action: "remove", Person: &people[i]}, j.Account
	}
	var removed []change
	return plan{
		changes: changes, asks: true, partly: func() []change { return removed },
		act: func(ctx context.Context) (model.Links, error) {
			var err error
			removed, err = removals(t, t.API.RemoveAccounts(ctx, shown, func(model.Removal) {}), changes)
			return model.Links{}, err
		},
	}, nil
}

// chosen are those to be removed.
func (r *removing) chosen(t *target, links model.Links, accounts model.Accounts) ([]model.JoinedAccount, error) {
	if r.by != "" {
		only, err := find(links, r.by)
		if err != nil {
			return nil, err
		}
		links.Tokens = []model.Token{only}
	}
	joined := model.JoinedAccounts(links, accounts)
	if r.since > 0 {
		joined = model.JoinedSince(joined, t.now().Add(-r.since))
		return slices.DeleteFunc(joined, func(j model.JoinedAccount) bool { return !j.Known }), nil
	}
	var chosen []model.JoinedAccount
	for _, id := range r.ids {
		at := slices.IndexFunc(joined, func(j model.JoinedAccount) bool { return j.ID == id && j.Known })
		switch {
		case at < 0 && gone(accounts, id): // as after a removal that broke off and is run again
			t.note("there is no account with the id %d", id)
			continue
		case at < 0:
			return nil, fmt.Errorf("nobody was removed: no account that joined with a link has the id %d", id)
		}
		if !slices.ContainsFunc(chosen, func(j model.JoinedAccount) bool { return j.ID == id }) {
			chosen = append(chosen, joined[at])
		}
	}
	return chosen, nil
}

// gone reports whether there is surely no account of that id.
func gone(accounts model.Accounts, id int64) bool {
	return !accounts.Partial && accounts.Total == len(accounts.All) &&
		!slices.ContainsFunc(accounts.All, func(a model.Account) bool { return a.ID == id })
}

// removals are the changes that were made, and an error where some were not.
func removals(t *target, all []model.Removal, planned []change) (made []change, err error) {
	for _, r := range all {
		if r.State == model.Removed {
			at := slices.IndexFunc(planned, func(c change) bool { return c.Person.ID == r.Account.ID })
			made = append(made, planned[at])
			continue
		}
		if r.Err != nil {
			t.note("%d: %s", r.Account.ID, r.Err)
		}
	}
	if left := len(planned) - len(made); left > 0 {
		return made, fmt.Errorf("%d of %d accounts were not removed: see joined, then try again", left, len(planned))
	}
	return made, nil
}
