package client

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"unleash-invite/model"
)

// accountWrite is a write to one account.
type accountWrite struct {
	done string // what will have been done, for sentences
	send request
	// shows reports whether the server shows it, by the account, if it is there.
	shows func(a model.Account, there bool) bool
	// role is the one that it gives.
	role int64
	// keepsRole wants the role to be still the one that was shown.
	keepsRole bool
}

// removes reports whether the account is to be gone.
func (w accountWrite) removes() bool { return w.shows(model.Account{}, false) }

func (c *Client) changeAccount(ctx context.Context, shown model.Account, w accountWrite) error {
	notDone := "the account was not " + w.done
	if mine, err := c.isMine(ctx, shown); err != nil {
		return because(KindNotDone, notDone, "", err)
	} else if mine {
		return &Error{Kind: KindNotDone, sentence: notDone + ": it is your own", hint: "Ask another Admin to do it"}
	}
	now, there, err := c.accountNow(ctx, shown.ID)
	switch what := differsFrom(shown, now, w.keepsRole); {
	case err != nil:
		return because(KindNotDone, notDone, "", err)
	case !there:
		return c.gone(shown.ID, w, c.removalSent(shown.ID))
	case what != "":
		return &Error{Kind: KindChanged, sentence: notDone + ": " + what, hint: "Check what is there now, then decide again"}
	}
	sentBefore := c.removalSent(shown.ID)
	c.noteRemoval(shown.ID, sentBefore || w.removes())
	err = c.do(through(ctx), w.send)
	switch {
	case isGone(err):
		return c.gone(shown.ID, w, sentBefore)
	case err == nil:
		c.noteAccount(shown.ID, w)
	}
	return c.accountOutcome(ctx, shown.ID, w, err)
}

// noteRemoval notes whether a removal of the account was sent, and not refused.
func (c *Client) noteRemoval(id int64, sent bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.removals == nil {
		c.removals = map[int64]bool{}
	}
	c.removals[id] = sent
}

func (c *Client) removalSent(id int64) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.removals[id]
}

// gone returns what a write comes to whose account is no longer there. If a removal was sent before, it may have been that.
func (c *Client) gone(id int64, w accountWrite, sentBefore bool) error {
	if w.removes() {
		c.noteAccount(id, w)
	}
	switch {
	case w.removes() && sentBefore:
		return nil
	case w.removes():
		return &Error{Kind: KindRemovedBefore, sentence: "somebody else removed the account first"}
	}
	return &Error{Kind: KindChanged, sentence: "the account was not " + w.done + ": somebody removed it", hint: refreshHint}
}

// isMine reports whether the account is the one of the credential.
func (c *Client) isMine(ctx context.Context, a model.Account) (bool, error) {
	c.mu.Lock()
	mine := c.myID
	c.mu.Unlock()
	if mine == 0 {
		me, err := c.WhoAmI(ctx)
		if err != nil {
			return false, err
		}
		mine = me.ID
	}
	return a.ID == mine, nil
}

// accountNow fetches an account, and reports whether it is there.
func (c *Client) accountNow(ctx context.Context, id int64) (a model.Account, there bool, err error) {
	a, err = c.Account(ctx, id)
	if isGone(err) {
		return model.Account{}, false, nil
	}
	return a, err == nil, err
}

// isGone reports whether Unleash itself said that there is no such account: any
// other 404 is that of a path.
func isGone(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Kind == KindAnswer && e.Status == http.StatusNotFound && e.Name == "NotFoundError" &&
		strings.Contains(e.Message, "No user found")
}

// differsFrom describes how an account differs from the one shown; "" when it is.
func differsFrom(shown, now model.Account, role bool) string {
	switch {
	case shown.Email != now.Email:
		return "its e-mail has changed"
	case !shown.CreatedAt.Equal(now.CreatedAt):
		return "it is another account now"
	case role && shown.Role.ID != now.Role.ID:
		return "somebody has changed its role in the meantime"
	default:
		return ""
	}
}

// looksAtAccount is how often an account is looked at after a write that the server
// said it did, and one whose answer was lost.
const (
	looksAtAccount = 10
	looksAfterLoss = 2
)

// accountOutcome looks at an account after a write that ended in err, and reports the write's outcome.
func (c *Client) accountOutcome(ctx context.Context, id int64, w accountWrite, err error) error {
	failed, _ := errors.AsType[*Error](err)
	lost := failed != nil && failed.mayHaveHappened()
	if failed != nil && !lost {
		if w.removes() {
			c.noteRemoval(id, false)
		}
		if failed.Status == http.StatusForbidden && strings.Contains(strings.ToUpper(failed.Message), "SCIM") {
			failed.hint = "Your identity provider manages it: change it there"
		}
		return because(KindNotDone, "the account was not "+w.done, "", err)
	}
	looks := looksAtAccount
	if lost {
		looks = looksAfterLoss
	}
	seen, shows, lookErr := c.watchAccount(ctx, id, w, looks)
	switch {
	case shows:
		return nil
	case lost && !seen:
		return because(KindUnknown, "it is not known whether the account was "+w.done+", because checking failed, too",
			"Refresh to check before you try again", err)
	case lost:
		return because(KindUnknown, "it is not known whether the account was "+w.done+", because the server does not show it yet", onItsWay, err)
	case !seen:
		return because(KindUnseen, "the account was "+w.done+", but checking it afterwards failed", "Refresh to see it", lookErr)
	default:
		return &Error{
			Kind: KindUnconfirmed, sentence: "the account was " + w.done + ", but the server does not show it yet", hint: "Refresh to see it",
		}
	}
}

// watchAccount looks at an account until it shows the write, at most so many times,
// and even when ctx is cancelled. Seen reports whether a look succeeded.
func (c *Client) watchAccount(ctx context.Context, id int64, w accountWrite, looks int) (seen, shows bool, err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.timeouts.Look)
	defer cancel()
	for n := range looks {
		if n >= looksAfterLoss && !seen {
			break
		}
		if n > 0 {
			select {
			case <-ctx.Done():
				return seen, false, err
			case <-time.After(c.timeouts.LookAgain):
			}
		}
		var a model.Account
		var there bool
		if a, there, err = c.accountNow(ctx, id); err == nil {
			seen = true
			if w.shows(a, there) {
				c.noteAccount(id, w)
				return true, true, nil
			}
		}
	}
	return seen, false, err
}
