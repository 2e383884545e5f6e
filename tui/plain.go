package tui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"unleash-invite/model"
)

// PrintStatus writes how it stands with the current link as plain text, for a
// standard output that is no terminal; masked hides the secret.
func PrintStatus(ctx context.Context, w io.Writer, api API, now func() time.Time, masked bool) error {
	links, err := api.Look(ctx)
	secrets := mask{on: masked}
	secrets.learn(links.Tokens)
	if masked && err != nil {
		err = errors.New(secrets.hide(Sentence(err)))
	}
	if links.FetchedAt.IsZero() {
		return err
	}
	if _, printErr := io.WriteString(w, secrets.hide(plainStatus(links, now()))); printErr != nil {
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
	_, meaning := describe(t, now)
	if t.Enabled && t.Verdict == model.Unverified {
		meaning = "the server did not say whether it works; by its date " + status.String()
		status = model.StatusUnknown
	}
	when := "Expiry"
	if t.Live(now) && now.Before(t.StopsAt()) {
		when = "Stops working"
	}
	text := fmt.Sprintf("%s: %s\n%s\n", status, meaning, strings.TrimSpace(strings.Join(linkRows(t.URL, len(t.URL)+2), "")))
	text += fmt.Sprintf("%s: %s (%s)\n", when, utc(t.StopsAt()), relative(t.StopsAt(), now))
	text += fmt.Sprintf("Name: %s\nCreated: %s", t.Name, utc(t.CreatedAt))
	if t.CreatedBy != "" {
		text += " by " + t.CreatedBy
	}
	text += fmt.Sprintf("\nJoined: %d", len(t.Joined))
	if len(t.Joined) > 0 {
		text += " (" + names(t.Joined) + ")"
	}
	if others := othersLive(links, now); others != "" {
		text += "\n" + others
	}
	warnings := linkWarnings(t, "")
	return strings.Join(slices.Insert(warnings, 0, text), "\nWarning: ") + "\n"
}
