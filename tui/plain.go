package tui

import (
	"context"
	"fmt"
	"io"
	"time"

	"unleash-invite/model"
)

// PrintStatus writes how it stands with the current link as plain text, for a
// standard output that is no terminal.
func PrintStatus(ctx context.Context, w io.Writer, api API, now func() time.Time) error {
	links, err := api.Look(ctx)
	if links.FetchedAt.IsZero() {
		return err
	}
	if _, printErr := io.WriteString(w, plainStatus(links, now())); printErr != nil {
		return printErr
	}
	return err
}

func plainStatus(links model.Links, now time.Time) string {
	t, ok := links.Current(now)
	if !ok {
		return model.StatusNone.String() + ": there is no invite link\n"
	}
	status := t.Status(now)
	_, meaning := describe(status)
	if t.Enabled && t.Verdict == model.Unverified {
		meaning = "by its date; the server did not say"
	}
	text := fmt.Sprintf("%s: %s\n%s\n", status, meaning, t.URL)
	text += fmt.Sprintf("Stops working: %s (%s)\n", utc(t.StopsAt()), relative(t.StopsAt(), now))
	text += fmt.Sprintf("Name: %s\nCreated: %s by %s\n", t.Name, utc(t.CreatedAt), t.CreatedBy)
	text += fmt.Sprintf("Joined: %d", len(t.Joined))
	if len(t.Joined) > 0 {
		text += " (" + names(t.Joined) + ")"
	}
	if others := len(links.Live(now)) - 1; t.Live(now) && others > 0 {
		text += "\n" + othersLive(others)
	}
	return text + "\n"
}
