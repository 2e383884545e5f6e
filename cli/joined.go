package cli

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"unleash-invite/exit"
	"unleash-invite/model"
	"unleash-invite/parallel"
)

func (p *program) joinedCommand() *cobra.Command {
	var since time.Duration
	var by string
	c := p.command(&cobra.Command{
		Use: "joined", Short: "List who joined, the latest first",
		Long: "List who joined, the latest first. When is told by Unleash 6 and newer. -q prints the ids alone.",
	}, func(ctx context.Context) error {
		return p.run(ctx, []string{"ID", "JOINED", "SECRET", "NAME"}, func(ctx context.Context, t *target) int {
			return p.joinedOf(ctx, t, since, by)
		})
	})
	c.Flags().DurationVar(&since, "since", 0, "only who joined in the last `TIME`, such as 2h")
	c.Flags().StringVar(&by, "by", "", "only who joined with the link of the `SECRET`, or its beginning")
	return c
}

func (p *program) joinedOf(ctx context.Context, t *target, since time.Duration, by string) int {
	var links model.Links
	var when map[int64]time.Time
	var err, timesErr error
	parallel.Run(func() { links, err = t.API.Look(ctx) }, func() { when, timesErr = t.API.JoinTimes(ctx) })
	switch {
	case links.FetchedAt.IsZero():
		return t.fail(exit.Failure, err)
	case since > 0 && timesErr != nil:
		return t.fail(exit.Failure, timesErr)
	case since > 0 && when == nil:
		return t.fail(exit.Failure, errors.New("this Unleash does not tell when people joined: leave out --since"))
	}
	tokens := links.Tokens
	if t.seen = tokens; by != "" {
		only, err := find(links, by)
		if err != nil {
			return t.fail(exit.Failure, err)
		}
		tokens = []model.Token{only}
	}
	people := peopleOf(tokens, when)
	if since > 0 {
		from := stamp(t.now().Add(-since))
		people = slices.DeleteFunc(people, func(each person) bool { return each.JoinedAt < from })
	}
	t.report.People = &people
	for _, each := range people {
		row := []string{strconv.FormatInt(each.ID, 10), each.JoinedAt, each.Secret, cmp.Or(each.Name, each.Username)}
		if p.quiet {
			row = row[:1]
		}
		t.rows = append(t.rows, row)
	}
	return exit.OK
}

// peopleOf lists who joined by the tokens, the latest first.
func peopleOf(tokens []model.Token, when map[int64]time.Time) []person {
	people := []person{}
	for _, t := range tokens {
		for _, each := range t.Joined {
			people = append(people, person{
				ID: each.ID, Name: each.Name, Username: each.Username, JoinedAt: stamp(when[each.ID]), Link: t.Name, Secret: t.Secret,
			})
		}
	}
	slices.SortFunc(people, func(a, b person) int { return cmp.Or(cmp.Compare(b.JoinedAt, a.JoinedAt), cmp.Compare(b.ID, a.ID)) })
	return people
}
