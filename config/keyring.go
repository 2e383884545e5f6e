package config

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	zalando "github.com/zalando/go-keyring"
)

const (
	// keyringTime is how long the system keyring may take where nobody is known to be there to unlock it.
	keyringTime = 20 * time.Second
	// noticeTime is how long it may take before a user is told about it.
	noticeTime = time.Second
)

// keyring is where the system keeps credentials. Its library knows no contexts
// and starts a message bus where there is none, so it is asked only when
// reachable reports whether something is there, and left alone when it takes too long.
type keyring struct {
	reachable func(ctx context.Context) error
	patience  time.Duration
	// notice tells a user at the terminal what is waited for.
	notice func()
}

func waitingForKeyring() {
	fmt.Fprintln(os.Stderr, "Waiting for the system keyring, which may have to be unlocked… (ctrl+c quits)")
}

const keyringService = "unleash-invite"

// account returns what the token is kept under. It names the address, too, and the socket: a profile
// whose url was changed never sends the token elsewhere.
func account(p Profile) string {
	return strings.TrimSpace(p.Name + " " + p.URL + " " + p.Secure.UnixSocket)
}

// get returns the profile's token. With present it tells a user at the terminal what it waits for, and waits for them.
func (k keyring) get(ctx context.Context, p Profile, present bool) (Secret, error) {
	if !present {
		k.notice = nil
	}
	token, err := k.ask(ctx, present, func() (string, error) { return zalando.Get(keyringService, account(p)) })
	switch {
	case errors.Is(err, zalando.ErrNotFound):
		return "", fmt.Errorf("the system keyring has no token for the profile %s at %s: connect to it again to store one", p.Name, p.URL)
	case err != nil:
		return "", err
	}
	return Secret(token), nil
}

// set keeps the token. It waits for whoever unlocks the keyring; the screen says so.
func (k keyring) set(ctx context.Context, p Profile, token Secret) error {
	k.notice = nil
	_, err := k.ask(ctx, true, func() (string, error) { return "", zalando.Set(keyringService, account(p), string(token)) })
	return err
}

var errNoPatience = errors.New("the time is up")

// ask waits for the keyring's answer as long as its patience lasts, or, once it is known that there is one and somebody
// is present to unlock it, as long as the context does. A call that never returns is left behind; it ends with the program.
func (k keyring) ask(ctx context.Context, present bool, call func() (string, error)) (string, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	patience := time.AfterFunc(k.patience, func() { cancel(errNoPatience) })
	defer patience.Stop()
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
		if present {
			defer k.tellSoon()()
		}
		if err := k.reachable(ctx); err != nil {
			done <- answer{"", fmt.Errorf("there is no system keyring here, because %w: keep the token elsewhere", err)}
			return
		}
		if ctx.Err() != nil {
			done <- answer{} // nobody waits for it any more
			return
		}
		if present {
			patience.Stop()
		}
		text, err := call()
		if err != nil && !errors.Is(err, zalando.ErrNotFound) {
			err = refused(err)
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
	switch cause := context.Cause(ctx); {
	case errors.Is(cause, errNoPatience):
		return "", &lockedError{fmt.Errorf("the system keyring did not answer within %s: unlock it, or keep the token elsewhere", k.patience)}
	case errors.Is(cause, context.DeadlineExceeded):
		return "", &lockedError{fmt.Errorf("the system keyring did not answer in time: unlock it, or keep the token elsewhere (%w)", cause)}
	default:
		return "", &stoppedError{"stopped waiting for the system keyring", cause}
	}
}

// refused is the error of a keyring that answered. Its library knows a prompt that was dismissed, or that had no screen to
// be on, by its text alone.
func refused(err error) error {
	if text := err.Error(); strings.Contains(text, "failed to unlock") || strings.Contains(text, "dismissed") {
		return &lockedError{errors.New("the system keyring is locked, and was not unlocked: unlock it on the desktop, " +
			"or keep the token elsewhere")}
	}
	return fmt.Errorf("the system keyring refused: %s", oneLine(err.Error()))
}

// lockedError is the error of a keyring that somebody may have to unlock.
type lockedError struct{ error }

// Locked reports that asking again, with somebody present, waits for them.
func (*lockedError) Locked() bool { return true }

func (e *lockedError) Unwrap() error { return e.error }

// tellSoon tells the user what is waited for unless the returned function is called soon.
func (k keyring) tellSoon() (stop func()) {
	if k.notice == nil {
		return func() {}
	}
	timer := time.AfterFunc(noticeTime, k.notice)
	return func() { timer.Stop() }
}

// usable reports whether there is a keyring, without asking it for anything.
func (k keyring) usable(ctx context.Context) bool {
	_, err := k.ask(ctx, false, func() (string, error) { return "", nil })
	return err == nil
}
