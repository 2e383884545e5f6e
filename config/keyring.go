package config

import (
	"context"
	"errors"
	"fmt"
	"time"

	zalando "github.com/zalando/go-keyring"
)

// keyringTime is how long the system keyring may take, someone who unlocks it included.
const keyringTime = 20 * time.Second

// keyring is where the system keeps credentials. Its library knows no contexts
// and starts a message bus where there is none, so it is asked only when
// reachable reports whether something is there, and left alone when it takes too long.
type keyring struct {
	reachable func(ctx context.Context) error
	patience  time.Duration
}

const keyringService = "unleash-invite"

// account returns what the token is kept under. It names the address, too: a profile
// whose url was changed never sends the token elsewhere.
func account(p Profile) string { return p.Name + " " + p.URL }

func (k keyring) get(ctx context.Context, p Profile) (Secret, error) {
	token, err := k.ask(ctx, func() (string, error) { return zalando.Get(keyringService, account(p)) })
	switch {
	case errors.Is(err, zalando.ErrNotFound):
		return "", fmt.Errorf("the system keyring has no token for the profile %s at %s: connect to it again to put one there", p.Name, p.URL)
	case err != nil:
		return "", err
	}
	return Secret(token), nil
}

func (k keyring) set(ctx context.Context, p Profile, token Secret) error {
	_, err := k.ask(ctx, func() (string, error) { return "", zalando.Set(keyringService, account(p), string(token)) })
	return err
}

// ask waits for the keyring as long as it may take. A call that never returns is
// left behind; it ends with the program.
func (k keyring) ask(ctx context.Context, call func() (string, error)) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, k.patience)
	defer cancel()
	type answer struct {
		text string
		err  error
	}
	done := make(chan answer, 1)
	go func() {
		defer func() { // of a library; it must not end the program with the terminal raw
			if r := recover(); r != nil {
				done <- answer{"", fmt.Errorf("the system keyring can't be used: %v", r)}
			}
		}()
		if err := k.reachable(ctx); err != nil {
			done <- answer{"", fmt.Errorf("there is no system keyring here, as %w: keep the token elsewhere", err)}
			return
		}
		if ctx.Err() != nil {
			done <- answer{} // nobody waits for it any more
			return
		}
		text, err := call()
		if err != nil && !errors.Is(err, zalando.ErrNotFound) {
			err = fmt.Errorf("the system keyring refused: %s", oneLine(err.Error()))
		}
		done <- answer{text, err}
	}()
	select {
	case a := <-done:
		if ctx.Err() == nil {
			return a.text, a.err
		}
	case <-ctx.Done():
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return "", fmt.Errorf("the system keyring was not waited for: %w", ctx.Err())
	}
	return "", fmt.Errorf("the system keyring did not answer within %s: unlock it, or keep the token elsewhere", k.patience)
}

// usable reports whether there is a keyring, without asking it for anything.
func (k keyring) usable(ctx context.Context) bool {
	_, err := k.ask(ctx, func() (string, error) { return "", nil })
	return err == nil
}
