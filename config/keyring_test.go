package config

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	zalando "github.com/zalando/go-keyring"
)

func inKeyring() Profile {
	return Profile{Name: "acme", URL: "https://flags.acme.io", Source: Source{Kind: InKeyring}}
}

// withKeyring has profiles on the library's own keyring in memory.
func withKeyring(t *testing.T) Profiles {
	t.Helper()
	zalando.MockInit()
	p := written(t, "")
	p.keyring = keyring{reachable: func(context.Context) error { return nil }, patience: time.Minute}
	return p
}

func TestKeyring(t *testing.T) {
	p := withKeyring(t)
	if kinds := p.CanKeep(t.Context()); !slices.Equal(kinds, []Kind{InKeyring, ByCommand, InEnvironment, InFile}) {
		t.Errorf("kinds: %v", kinds)
	}
	if err := p.Save(t.Context(), inKeyring(), "user:1111"); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(p.path); err != nil || strings.Contains(string(text), "1111") {
		t.Errorf("%s, %v", text, err)
	}
	if got, err := p.Token(t.Context(), inKeyring(), false); err != nil || got != "user:1111" {
		t.Errorf("%q, %v", string(got), err)
	}
	moved := inKeyring()
	moved.URL = "https://flags.evil.io"
	if got, err := p.Token(t.Context(), moved, false); err == nil || !strings.Contains(err.Error(), "connect to it again") {
		t.Errorf("another address: %q, %v", string(got), err)
	}
}

func TestATokenInTheKeyringIsReplacedThere(t *testing.T) {
	p := withKeyring(t)
	if err := p.Save(t.Context(), inKeyring(), "user:1111"); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(p.path)
	if err := os.Chmod(p.path, 0o400); err != nil {
		t.Fatal(err)
	}
	if err := p.Replace(t.Context(), "acme", "user:2222"); err != nil {
		t.Fatal(err)
	}
	got, err := p.Token(t.Context(), inKeyring(), false)
	if after, _ := os.ReadFile(p.path); err != nil || got != "user:2222" || string(after) != string(before) {
		t.Errorf("%q, %v, %s", string(got), err, after)
	}
}

func TestAKeyringThatFails(t *testing.T) {
	p := withKeyring(t)
	zalando.MockInitWithError(errors.New("locked\x1b[31m\nby user:0123456789"))
	for _, err := range []error{second(p.Token(t.Context(), inKeyring(), false)), p.Save(t.Context(), inKeyring(), "user:1111")} {
		if err == nil || err.Error() != "the system keyring refused: locked by [redacted]" {
			t.Error(err)
		}
	}
	if _, err := os.Stat(p.path); err == nil {
		t.Error("the profile was kept without its token")
	}
}

func second[T any](_ T, err error) error { return err }

func TestAKeyringThatHangs(t *testing.T) {
	p := withKeyring(t)
	hang := make(chan struct{})
	defer close(hang)
	p.keyring.reachable = func(context.Context) error { <-hang; return nil }
	p.keyring.patience = 20 * time.Millisecond
	if _, err := p.Token(t.Context(), inKeyring(), false); err == nil || !strings.Contains(err.Error(), "did not answer within 20ms") {
		t.Error(err)
	}
	if kinds := p.CanKeep(t.Context()); slices.Contains(kinds, InKeyring) {
		t.Errorf("kinds: %v", kinds)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p.keyring.patience = time.Minute
	if _, err := p.Token(ctx, inKeyring(), false); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// ownBus is a session whose message bus is at the address.
func ownBus(t *testing.T, address string) Profiles {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("this system's keyring needs no message bus")
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
	return Profiles{keyring: keyring{reachable: keyringReachable, patience: 300 * time.Millisecond}}
}

func TestNoMessageBusIsStarted(t *testing.T) {
	tools := t.TempDir()
	mark := filepath.Join(tools, "mark")
	if err := os.WriteFile(filepath.Join(tools, "dbus-launch"), []byte("#!/bin/sh\ntouch "+mark+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", tools+":"+os.Getenv("PATH"))
	p := ownBus(t, "autolaunch:")
	if _, err := p.Token(t.Context(), inKeyring(), false); err == nil {
		t.Skip("there is a keyring on this machine")
	} else if !strings.Contains(err.Error(), "there is no system keyring here") {
		t.Error(err)
	}
	if _, err := os.Stat(mark); err == nil {
		t.Error("a message bus was started")
	}
}

func TestAMessageBusThatNeverAnswers(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "bus")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	p := ownBus(t, "unix:path="+socket)
	began := time.Now()
	if _, err := p.Token(t.Context(), inKeyring(), false); err == nil || !strings.Contains(err.Error(), "did not answer within 300ms") {
		t.Error(err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestAMessageBusThatIsGone(t *testing.T) {
	p := ownBus(t, "unix:path=/nowhere/bus")
	if _, err := p.Token(t.Context(), inKeyring(), false); err == nil || !strings.Contains(err.Error(), "there is no system keyring here") {
		t.Error(err)
	}
}

// TestALockedKeyringIsWaitedFor has somebody unlock it after an hour.
func TestALockedKeyringIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told atomic.Int32
		k := keyring{reachable: func(context.Context) error { return nil }, patience: keyringTime, notice: func() { told.Add(1) }}
		locked := func(open time.Duration) func() (string, error) {
			return func() (string, error) { time.Sleep(open); return "user:1111", nil }
		}
		if got, err := k.ask(t.Context(), true, locked(time.Hour)); err != nil || got != "user:1111" || told.Load() != 1 {
			t.Errorf("%q, %v, told %d times", got, err, told.Load())
		}
		if _, err := k.ask(t.Context(), true, locked(noticeTime/2)); err != nil || told.Load() != 1 {
			t.Errorf("one that is open: %v, told %d times", err, told.Load())
		}
		if _, err := k.ask(t.Context(), false, locked(time.Hour)); err == nil || !strings.Contains(err.Error(), "within 20s: unlock it") || !errors.As(err, new(*lockedError)) {
			t.Errorf("nobody is there: %v", err)
		}
		time.Sleep(time.Hour)
		bounded, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		if _, err := k.ask(bounded, true, locked(time.Hour)); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a screen that waits for so long: %v", err)
		}
		time.Sleep(time.Hour)
	})
}
