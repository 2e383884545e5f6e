package cli

import (
	"context"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"unleash-invite/exit"
	"unleash-invite/model"
)

func (p *program) listCommand() *cobra.Command {
	var live bool
	var name string
	c := p.command(&cobra.Command{
		Use: "list", Short: "List every link, live and past",
		Long: "List every link, live ones first. Columns are separated by two or more spaces; the name, which may contain spaces, comes last.\n" +
			"-q prints only the secrets.",
	}, func(ctx context.Context) error {
		return p.run(ctx, []string{"SECRET", "STATUS", "STOPS", "JOINED", "NAME"}, func(ctx context.Context, t *target) int {
			return p.listOf(ctx, t, live, name)
		})
	})
	c.Flags().BoolVar(&live, "live", false, "only those that people can join with")
	c.Flags().StringVar(&name, "name", "", "only those with this `NAME`")
	return c
}

func (p *program) listOf(ctx context.Context, t *target, live bool, name string) int {
	links, err := t.look(ctx)
	if links.FetchedAt.IsZero() {
		return t.fail(exit.Failure, err)
	}
	now := t.now()
	t.seen = links.Tokens
	tokens := slices.DeleteFunc(links.Sorted(now), func(each model.Token) bool {
		return live && !each.Live(now) || name != "" && each.Name != name
	})
	list := asLinks(tokens, now)
	t.report.Links = &list
	for _, l := range list {
		row := []string{l.Secret, l.Status, l.StopsAt, strconv.Itoa(l.Joined), l.Name}
		if p.quiet {
			row = row[:1]
		}
		t.rows = append(t.rows, row)
	}
	return t.ok(err)
}
