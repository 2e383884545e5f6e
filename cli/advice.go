package cli

import (
	"errors"

	"unleash-invite/model"
)

// deletedBefore are the links that a rotation deleted before it failed.
func deletedBefore(err error) []model.Token {
	var e interface{ Deleted() []model.Token }
	if !errors.As(err, &e) {
		return nil
	}
	return e.Deleted()
}

// advised is an error with advice for a shell.
type advised struct {
	error
	hint string
}

// Hint is one sentence that says what to do.
func (a advised) Hint() string { return a.hint }

// Unwrap returns the error without the advice.
func (a advised) Unwrap() error { return a.error }

// forScripts gives an error of a write advice for a shell where that of the client names keys of the screen. Made is what was
// to be made; after a race it is the link of whoever was first.
func forScripts(err error, made *model.Token) error {
	switch deleted := deletedBefore(err); {
	case len(pendingOf(err)) > 0:
		return err
	case len(deleted) > 0:
		return advised{err, "run rotate again to go on, or restore --only " + short(deleted[0].Secret) + " to bring the old link back"}
	case made != nil && made.Enabled && made.Verdict == model.Accepted:
		return advised{err, "run link to get theirs"}
	}
	return err
}
