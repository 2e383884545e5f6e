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
	"unleash-invite/parallel"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/mask"
)

// PrintStatus writes how it stands with the current link as plain text, for a
// standard output that is no terminal; masked hides the secret.
func PrintStatus(ctx context.Context, w io.Writer, on Instance, now func() time.Time, masked bool) error {
	var links model.Links
	var instance model.Server
	var err error
	parallel.Run(
		func() { links, err = on.API.Look(ctx) },
		func() { instance, _ = on.API.Server(ctx) }, // without it there are fewer warnings
	)
	secrets := mask.Mask{On: masked}
	secrets.Learn(links.Tokens)
	if masked && err != nil {
		err = errors.New(secrets.Hide(draw.Sentence(err)))
	}
	if links.FetchedAt.IsZero() {
		return err
	}
	if _, printErr := io.WriteString(w, secrets.Hide(plainStatus(links, instance, on.Address, now()))); printErr != nil {
		return printErr
	}
	return err
}

func plainStatus(links model.Links, instance model.Server, address string, now time.Time) string {
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
	text := fmt.Sprintf("%s: %s\n%s\n", status, meaning, strings.TrimSpace(strings.Join(linkRows(t.URL, len(t.URL)+2), "")))
	u := untilWhen(t, now)
	text += u.label + ": " + draw.UTC(u.at)
	if u.note != "" {
		text += " (" + u.note + ")"
	}
	text += fmt.Sprintf("\nName: %s\nCreated: %s", t.Name, draw.UTC(t.CreatedAt))
	if t.CreatedBy != "" {
		text += " by " + t.CreatedBy
	}
	text += fmt.Sprintf("\nJoined: %d", len(t.Joined))
	if len(t.Joined) > 0 {
		text += " (" + draw.Names(t.Joined) + ")"
	}
	if others := othersLive(links, now); others != "" {
		text += "\n" + others
	}
	warnings := append(instanceWarnings(instance), linkWarnings(t, address)...)
	return strings.Join(slices.Insert(warnings, 0, text), "\nWarning: ") + "\n"
}
