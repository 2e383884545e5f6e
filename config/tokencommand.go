package config

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

const (
	// commandTime is how long a token's command may take that can't ask the user.
	commandTime = 60 * time.Second
	// pipeTime is how long its output may stay open after it has ended.
	pipeTime = time.Second
)

// tokenByCommand runs a token_command and returns the first line of what it
// prints. The shell runs it, so that pipes and quotes mean what they mean there:
// the text comes from a file that nobody but its owner can change, and nothing is
// put into it. The error is a phrase to come after its name.
func tokenByCommand(ctx context.Context, text string, ask bool) (Secret, error) {
	if !ask { // someone takes as long as they do, and what they type must not end up on the screen
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, commandTime, fmt.Errorf("did not end within %s", commandTime))
		defer cancel()
	}
	cmd := shell(ctx, text)
	cmd.WaitDelay = pipeTime
	out, complaint := &capped{most: maxToken}, &capped{most: maxToken, drop: true}
	cmd.Stdout = out
	if ask {
		cmd.Stdin, cmd.Stderr = os.Stdin, os.Stderr
	} else {
		cmd.Stderr = complaint
		cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "GPG_TTY=") })
		detach(cmd)
	}
	err := runGuarded(cmd, !ask)
	first, _, _ := strings.Cut(out.kept.String(), "\n")
	token := strings.TrimSpace(first)
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return "", &stoppedError{"was stopped", ctx.Err()}
	case ctx.Err() != nil:
		return "", context.Cause(ctx)
	case err != nil && out.full:
		return "", errors.New("printed too much: only its first line counts")
	case err != nil && !errors.Is(err, exec.ErrWaitDelay): // left something behind that holds its output open
		said := complaint.kept.String()
		return "", errors.New("failed (" + err.Error() + cause(said) + ")" + untold(said) + wayOut(ask))
	case token == "":
		return "", errors.New("printed nothing: only its first line counts")
	}
	return Secret(token), nil
}

// stoppedError is the error of what was waited for until somebody stopped it.
type stoppedError struct {
	what string
	err  error
}

func (e *stoppedError) Error() string { return e.what }

func (e *stoppedError) Unwrap() error { return e.err }

func wayOut(ask bool) string {
	if ask {
		return ": run it by itself to see why"
	}
	return ": run it by itself to see why; it could not ask for a passphrase here"
}

// capped keeps the first bytes written; it fails on more, or drops them.
type capped struct {
	kept bytes.Buffer // not embedded: its ReadFrom would take everything
	most int
	drop bool
	full bool
}

func (c *capped) Write(p []byte) (int, error) {
	room := max(c.most-c.kept.Len(), 0)
	if len(p) <= room {
		return c.kept.Write(p)
	}
	c.full = true
	c.kept.Write(p[:room])
	if c.drop {
		return len(p), nil
	}
	return room, errors.New("too much")
}
