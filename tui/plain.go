package tui

import (
	"context"
	"errors"
	"io"
	"time"

	"unleash-invite/model"
	"unleash-invite/parallel"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/mask"
	"unleash-invite/tui/screen"
	"unleash-invite/tui/session"
)

// PrintStatus writes how it stands with the current link as plain text, for a
// standard output that is no terminal; masked hides the secret.
func PrintStatus(ctx context.Context, w io.Writer, on session.Instance, now func() time.Time, masked bool) error {
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
	if _, printErr := io.WriteString(w, secrets.Hide(screen.Plain(links, instance, on.Address, now()))); printErr != nil {
		return printErr
	}
	return err
}
