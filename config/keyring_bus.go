//go:build !darwin && !windows

package config

import (
	"context"
	"errors"
	"slices"

	"github.com/godbus/dbus/v5"
)

// secretService is the name under which keyrings answer on the session's message bus.
const secretService = "org.freedesktop.secrets"

var errNoKeyring = errors.New("none answers on this session's message bus")

// keyringReachable looks for a keyring that runs, or that the session would start
// when asked. It starts neither that nor a message bus.
func keyringReachable(ctx context.Context) error {
	bus, err := dbus.SessionBusPrivateNoAutoStartup(dbus.WithContext(ctx))
	if err != nil {
		return errors.New("no message bus runs in this session")
	}
	defer func() { _ = bus.Close() }()
	err = bus.Auth(nil)
	if err == nil {
		err = bus.Hello()
	}
	if err != nil {
		return errNoKeyring
	}
	for _, method := range []string{"ListNames", "ListActivatableNames"} {
		var names []string
		if err := bus.BusObject().CallWithContext(ctx, "org.freedesktop.DBus."+method, 0).Store(&names); err != nil {
			return errNoKeyring
		}
		if slices.Contains(names, secretService) {
			return nil
		}
	}
	return errNoKeyring
}
