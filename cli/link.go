package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"unleash-invite/exit"
)

var (
	errUnknown = errors.New("the server did not say whether people can join: try again")
	errHidden  = errors.New("no live link was found, but the server's list is too long to be read whole: there may be one")
)

func (p *program) linkCommand() *cobra.Command {
	return p.command(&cobra.Command{
		Use: "link", Short: "Print the URL of the current link, if people can join with it",
		Long: "Print the URL of the current link and nothing else. If nobody can join with it, nothing is printed, and the exit code is 3.",
	}, func(ctx context.Context) error {
		p.worst, p.shows = true, true
		return p.run(ctx, nil, p.linkOf)
	})
}

func (p *program) linkOf(ctx context.Context, t *target) int {
	links, err := t.look(ctx)
	if links.FetchedAt.IsZero() {
		return t.fail(exit.Failure, err)
	}
	now := t.now()
	current, _ := links.Current(now)
	code, err := joinable(links, current, now, err)
	yes := code == exit.OK
	switch {
	case yes:
		l := asLink(current, now)
		t.report.Link, t.text = &l, current.URL+"\n"
	case code == exit.NotJoinable:
		t.note("nobody can join: see status")
	default:
		return t.fail(code, err)
	}
	t.report.Joinable = &yes
	return code
}
