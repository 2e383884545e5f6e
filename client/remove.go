package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"unleash-invite/model"
	"unleash-invite/parallel"
)

// RemoveAccount removes an account for good: its owner's sessions and tokens end at once. It
// is refused for our own account and for one that is no longer what was shown. An error of
// KindRemovedBefore is none: somebody else did it first. DELETE /api/admin/user-admin/<id>.
func (c *Client) RemoveAccount(ctx context.Context, shown model.Account) error {
	return c.changeAccount(ctx, shown, accountWrite{
		done:  "removed",
		send:  request{method: http.MethodDelete, path: accountPath(shown.ID)},
		shows: func(_ model.Account, there bool) bool { return !there },
	})
}

// ChangeRole gives an account another root role. It is refused as by RemoveAccount,
// and where somebody changed the role meanwhile. PUT /api/admin/user-admin/<id>.
func (c *Client) ChangeRole(ctx context.Context, shown model.Account, role model.Role) error {
	return c.changeAccount(ctx, shown, accountWrite{
		done: "given another role",
		send: request{
			method: http.MethodPut, path: accountPath(shown.ID), body: map[string]any{"rootRole": role.ID},
		},
		keepsRole: true,
		shows:     func(a model.Account, there bool) bool { return there && a.Role.ID == role.ID },
	})
}

// accountWrite is a write to one account.
type accountWrite struct {
	done string // what will have been done, for sentences
	send request
	// shows reports whether the server shows it, by the account, if it is there.
	shows func(a model.Account, there bool) bool
	// keepsRole wants the role to be still the one that was shown.
	keepsRole bool
}

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
		return c.gone(w)
	case what != "":
		return &Error{Kind: KindChanged, sentence: notDone + ": " + what, hint: "See what is there now, then decide again"}
	}
	err = c.do(through(ctx), w.send)
	if isGone(err) {
		return c.gone(w)
	}
	return c.accountOutcome(ctx, shown.ID, w, err)
}

// gone returns what a write comes to whose account is no longer there.
func (c *Client) gone(w accountWrite) error {
	if w.shows(model.Account{}, false) {
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

// differsFrom tells how an account is not what was shown; "" when it is.
func differsFrom(shown, now model.Account, role bool) string {
	switch {
	case shown.Email != now.Email:
		return "its e-mail is another one now"
	case !shown.CreatedAt.Equal(now.CreatedAt):
		return "it is another account now"
	case role && shown.Role.ID != now.Role.ID:
		return "somebody gave it another role meanwhile"
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

// accountOutcome looks at an account after a write that ended in err, and tells what came of it.
func (c *Client) accountOutcome(ctx context.Context, id int64, w accountWrite, err error) error {
	failed, _ := errors.AsType[*Error](err)
	lost := failed != nil && failed.mayHaveHappened()
	if failed != nil && !lost {
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
		return because(KindUnknown, "it is not known whether the account was "+w.done+", as looking failed too",
			"Refresh to see it before you try again", err)
	case lost:
		return because(KindNotDone, "the account was not "+w.done+", as far as the server shows", onItsWay, err)
	case !seen:
		return because(KindUnseen, "the account was "+w.done+", but the look at it afterwards failed", "Refresh to see it", lookErr)
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
				return true, true, nil
			}
		}
	}
	return seen, false, err
}

// removers is how many removals are under way at once.
const removers = 4

// RemoveAccounts removes accounts, a few side by side, and tells what became of each, in
// the order in which they were given. Report, one call at a time, is told when a
// removal begins and when it has ended. After a failure that is not about one account alone no
// further removal begins; nor does one once ctx is cancelled. To go on, call it with what
// model.Left gives.
func (c *Client) RemoveAccounts(ctx context.Context, shown []model.Account, report func(model.Removal)) []model.Removal {
	work := removals{report: report, all: make([]model.Removal, len(shown))}
	for i, a := range shown {
		work.all[i].Account = a
	}
	remove := func() {
		for i, ok := work.begin(ctx); ok; i, ok = work.begin(ctx) {
			work.end(i, c.RemoveAccount(ctx, shown[i]))
		}
	}
	parallel.Run(repeat(remove, min(removers, len(shown)))...)
	for i := range work.all[work.next:] {
		work.all[work.next+i].Err = work.why(ctx)
	}
	return work.all
}

func repeat(f func(), n int) []func() {
	all := make([]func(), n)
	for i := range all {
		all[i] = f
	}
	return all
}

// removals are those of one call.
type removals struct {
	mu      sync.Mutex
	report  func(model.Removal)
	all     []model.Removal
	next    int   // the first that has not begun
	stopped error // why no more begin
}

// begin hands out the next account to remove.
func (r *removals) begin(ctx context.Context) (int, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.next == len(r.all) || r.stopped != nil || ctx.Err() != nil {
		return 0, false
	}
	i := r.next
	r.next++
	r.all[i].State = model.Removing
	r.report(r.all[i])
	return i, true
}

// end notes what came of a removal.
func (r *removals) end(i int, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all[i].State, r.all[i].Err = model.Removed, err
	if e, ok := errors.AsType[*Error](err); ok && !e.Done() {
		r.all[i].State = model.NotRemoved
		if e.Kind == KindUnknown {
			r.all[i].State = model.MaybeRemoved
		}
		if r.stopped == nil && !e.ofOneAccount() {
			r.stopped = err
		}
	}
	r.report(r.all[i])
}

// ofOneAccount reports whether another account may well fare better.
func (e *Error) ofOneAccount() bool {
	inner, caused := errors.AsType[*Error](e.cause)
	return e.Kind == KindChanged || !caused ||
		inner.Status == http.StatusForbidden && strings.Contains(strings.ToUpper(inner.Message), "SCIM")
}

// why tells why the rest was not begun.
func (r *removals) why(ctx context.Context) error {
	cause := r.stopped
	if cause == nil {
		cause = ctx.Err()
	}
	return &Error{
		Kind: KindNotDone, sentence: fmt.Sprintf("the account was not removed: it was not tried, since %v", cause), cause: cause,
	}
}
