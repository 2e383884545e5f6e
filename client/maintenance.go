package client

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"unleash-invite/model"
)

// SetMaintenance switches maintenance mode on or off, and returns what the server
// describes itself as afterwards. While it is on, links can't be changed and accounts not removed, but
// people can still sign up. POST /api/admin/maintenance, which Unleash 4 lacks.
func (c *Client) SetMaintenance(ctx context.Context, on bool) (model.Server, error) {
	done := "maintenance mode was switched off"
	if on {
		done = "maintenance mode was switched on"
	}
	notDone := strings.Replace(done, "was", "was not", 1)
	err := c.do(through(ctx), request{
		method: http.MethodPost, path: "/api/admin/maintenance", body: map[string]any{"enabled": on},
	})
	failed, _ := errors.AsType[*Error](err)
	if failed != nil && !failed.mayHaveHappened() {
		return model.Server{}, because(KindNotDone, notDone, "", err)
	}
	server, lookErr := c.watchMaintenance(ctx, on)
	switch {
	case lookErr == nil && server.Maintenance == on:
		return server, nil
	case failed != nil && lookErr != nil:
		return server, because(KindUnknown, "it is not known whether "+done+", because checking failed, too", "Refresh to see it", err)
	case failed != nil:
		return server, because(KindNotDone, notDone+", as far as the server shows", onItsWay, err)
	case lookErr != nil:
		return server, because(KindUnseen, done+", but checking it afterwards failed", "Refresh to see it", lookErr)
	default:
		return server, &Error{Kind: KindUnconfirmed, sentence: done + ", but the server does not show it yet", hint: "Refresh to see it"}
	}
}

// watchMaintenance looks until the server shows the setting, which it keeps for a while, or Settle is over.
// It looks even when ctx is cancelled, but then once.
func (c *Client) watchMaintenance(ctx context.Context, on bool) (model.Server, error) {
	looking, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.timeouts.Look)
	defer cancel()
	until := time.After(c.timeouts.Settle)
	for pause := c.timeouts.Settle / 100; ; pause = min(2*pause, c.timeouts.Settle/10) {
		server, err := c.Server(looking)
		if err != nil || server.Maintenance == on {
			return server, err
		}
		select {
		case <-until:
			return server, nil
		case <-ctx.Done():
			return server, nil
		case <-time.After(pause):
		}
	}
}

// Maintenance reports whether the server refused a write because it is in maintenance mode.
func (e *Error) Maintenance() bool {
	for e != nil {
		if e.Kind == KindMaintenance {
			return true
		}
		e, _ = errors.AsType[*Error](e.cause)
	}
	return false
}

// maintained makes out the answer to a write in maintenance mode.
func (e *Error) maintained() {
	if e.Status == http.StatusServiceUnavailable && e.form == formJSON && strings.Contains(e.Message, "in maintenance mode") {
		e.Kind, e.transient = KindMaintenance, false
		e.hint = "Switch maintenance mode off first: people can still sign up with live links while it is on"
	}
}
