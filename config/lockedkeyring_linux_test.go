package config

import (
	"errors"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"

	"unleash-invite/e2e/terminal"
)

// TestAKeyringThatStaysLockedIsSaid locks it where no screen is for its prompt, as over SSH.
func TestAKeyringThatStaysLockedIsSaid(t *testing.T) {
	if !terminal.WithKeyring(t) {
		return
	}
	p := written(t, "")
	p.keyring = OwnProfiles().keyring
	if err := p.Save(t.Context(), inKeyring(), "user:1111"); err != nil {
		t.Fatal(err)
	}
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	all := []dbus.ObjectPath{"/org/freedesktop/secrets/collection/login"}
	if err := bus.Object(secretService, "/org/freedesktop/secrets").Call("org.freedesktop.Secret.Service.Lock", 0, all).Err; err != nil {
		t.Fatal(err)
	}
	const want = "the system keyring is locked, and was not unlocked: unlock it on the desktop"
	for _, err := range []error{second(p.Token(t.Context(), inKeyring(), true)), p.Replace(t.Context(), "acme", "user:2222")} {
		if err == nil || !strings.Contains(err.Error(), want) || !errors.As(err, new(*lockedError)) {
			t.Error(err)
		}
	}
}
