package cli

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"unleash-invite/exit"
	"unleash-invite/model"
	"unleash-invite/parallel"
)

func (p *program) statusCommand() *cobra.Command {
	return p.command(&cobra.Command{
		Use: "status", Short: "Show whether people can join, until when, and with which links",
		Long: "Show whether people can join with the current link, until when, and which other links are live.\n" +
			"The exit code is 0 if they can, 3 if nobody can.",
	}, p.status)
}

func (p *program) status(ctx context.Context) error {
	p.worst = true
	return p.run(ctx, nil, p.statusOf)
}

func (p *program) statusOf(ctx context.Context, t *target) int {
	var links model.Links
	var server model.Server
	var err error
	parallel.Run(
		func() { links, err = t.API.Look(ctx) },  // without t.look's note, as the text warns of the same
		func() { server, _ = t.API.Server(ctx) }, // without it there are fewer warnings
	)
	t.looked(links)
	t.seen = links.Tokens
	if links.FetchedAt.IsZero() {
		return t.fail(exit.Failure, err)
	}
	now := t.now()
	current, found := links.Current(now)
	t.report.Status = "none"
	if found {
		l := asLink(current, now)
		t.report.Status, t.report.Link = l.Status, &l
	}
	if links.MayHideLive(now) {
		t.report.Status = "unknown"
	}
	t.report.Others = asLinks(others(links, current, t), now)
	text := p.Plain(links, server, t.Address, t.clock())
	t.report.Warnings = warningsIn(text)
	if !p.quiet {
		t.text = text
	}
	if t.many && found {
		t.text = strings.TrimSpace(inALine(t.report.Link))
	} else if t.many {
		t.text = t.report.Status
	}
	code, err := joinable(links, current, now, err)
	if code != exit.Failure {
		yes := code == exit.OK
		t.report.Joinable = &yes
		return code
	}
	return t.fail(code, err)
}

// others are the live links beside the current one.
func others(links model.Links, current model.Token, t *target) []model.Token {
	return slices.DeleteFunc(links.Live(t.now()), func(each model.Token) bool { return each.Secret == current.Secret })
}

// inALine is the current link of one of many instances in a line.
func inALine(l *link) string { return l.Status + " until " + l.StopsAt + " " + l.URL }

// joinable is the exit code for the current link, with an error where that is not known.
func joinable(links model.Links, current model.Token, now time.Time, err error) (int, error) {
	switch {
	case current.Enabled && current.Verdict == model.Accepted:
		return exit.OK, nil
	case err != nil:
		return exit.Failure, err
	case current.Enabled && current.Verdict == model.Unverified:
		return exit.Failure, errUnknown
	case links.MayHideLive(now):
		return exit.Failure, errHidden
	default:
		return exit.NotJoinable, nil
	}
}

// warningsIn are the warnings that the plain text of a status tells.
func warningsIn(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if warning, ok := strings.CutPrefix(strings.TrimSpace(line), "Warning: "); ok {
			all = append(all, warning)
		}
	}
	return all
}
