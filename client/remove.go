package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"

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
		role: role.ID, keepsRole: true,
		shows: func(a model.Account, there bool) bool { return there && a.Role.ID == role.ID },
	})
}

// removers is how many removals are under way at once.
const removers = 4

// RemoveAccounts removes accounts, a few side by side, and reports how each ended, in
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

// end records the outcome of a removal.
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

// why is the reason that the rest was not begun.
func (r *removals) why(ctx context.Context) error {
	if r.stopped == nil {
		return &Error{Kind: KindNotDone, sentence: "the account was not removed: the work was stopped before its turn", cause: ctx.Err()}
	}
	return &Error{
		Kind: KindNotDone, sentence: fmt.Sprintf("the account was not removed: it was not tried, because %v", r.stopped), cause: r.stopped,
	}
}
