package cli

import (
	"context"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"unleash-invite/exit"
	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

func (p *program) joinedCommand() *cobra.Command {
	var since time.Duration
	var by string
	c := p.command(&cobra.Command{
		Use: "joined", Short: "List who joined, the latest first",
		Long: "List who joined, the latest first, with e-mail and role as their accounts have them now. -q prints only the ids.",
	}, func(ctx context.Context) error {
		return p.run(ctx, []string{"ID", "JOINED", "SECRET", "ROLE", "EMAIL", "NAME"}, func(ctx context.Context, t *target) int {
			return p.joinedOf(ctx, t, since, by)
		})
	})
	spanFlag(c.Flags(), &since, "since", "only people who joined in the last `TIME`, such as 2h or 3d")
	c.Flags().StringVar(&by, "by", "", "only people who joined with the link of this `SECRET` (its beginning is enough)")
	return c
}

func (p *program) joinedOf(ctx context.Context, t *target, since time.Duration, by string) int {
	links, err := t.look(ctx)
	if links.FetchedAt.IsZero() {
		return t.fail(exit.Failure, err)
	}
	accounts, accountsErr := t.API.Accounts(ctx) // after the links, so that everybody on them has one
	switch {
	case accountsErr != nil && since > 0:
		return t.fail(exit.Failure, accountsErr)
	case accountsErr != nil:
		t.note("e-mails, roles and times are missing: %s", accountsErr)
	}
	if t.seen = links.Tokens; by != "" {
		only, err := find(links, by)
		if err != nil {
			return t.fail(exit.Failure, err)
		}
		links.Tokens = []model.Token{only}
	}
	joined := model.JoinedAccounts(links, accounts)
	if since > 0 {
		joined = model.JoinedSince(joined, t.now().Add(-since))
	}
	for _, each := range links.Tokens {
		if each.MoreJoined > 0 {
			t.note("these are only the newest who joined with %q: %d more joined", each.Name, each.MoreJoined)
		}
	}
	people := t.people(joined)
	t.report.People = &people
	for _, each := range people {
		row := []string{strconv.FormatInt(each.ID, 10), each.JoinedAt, each.Secret, each.Role, each.Email, each.label()}
		if p.quiet {
			row = row[:1]
		}
		t.rows = append(t.rows, row)
	}
	return exit.OK
}

// people are joined accounts in JSON, without their e-mails where secrets are masked.
func (t *target) people(joined []model.JoinedAccount) []person {
	people := make([]person, len(joined))
	for i, j := range joined {
		people[i] = asPerson(j)
		if t.masked {
			people[i].maskEmail()
		}
	}
	return people
}

func (p *person) maskEmail() {
	if p.Email != "" {
		p.Email = draw.MaskedEmail
	}
}

// label is the name as far as one is known.
func (p *person) label() string {
	return model.Account{Name: p.Name, Username: p.Username, Email: p.Email}.Label()
}

func asPerson(j model.JoinedAccount) person {
	return person{
		ID: j.ID, Name: j.Name, Username: j.Username, Email: j.Email, Role: j.Role.Name, JoinedAt: stamp(j.CreatedAt), SeenAt: stamp(j.SeenAt),
		Link: j.By.Name, Secret: j.By.Secret,
	}
}
