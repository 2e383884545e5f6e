// Package session is the work on one instance of Unleash: looks, writes, who joined, what can be undone. It draws
// nothing, does all its work in commands, and knows only what the server said.
package session

import (
	"context"
	"time"

	"unleash-invite/model"
)

// API is the part of an Unleash instance that the program needs. The operations that
// write look before and after: their links are what is true on the server
// once they return, with an error, too, unless nothing could be fetched (then
// FetchedAt is zero). An error's text is one sentence; it may have a Hint.
type API interface {
	// List fetches all links without asking whether they work.
	List(ctx context.Context) (model.Links, error)
	// VerifyCurrent asks the server whether the current link works, and reports whether it should be asked about others.
	VerifyCurrent(ctx context.Context, links model.Links) (verified model.Links, more bool, err error)
	// VerifyRest asks the server whether the links work that have no verdict.
	VerifyRest(ctx context.Context, links model.Links) (model.Links, error)
	// Look fetches all links and asks the server whether each enabled one works.
	Look(ctx context.Context) (model.Links, error)
	// LookAgain is Look in one round trip, given the links that are known.
	LookAgain(ctx context.Context, known model.Links) (model.Links, error)
	// LookInTurn is LookAgain with few requests: the current link is asked about, and so many others in turn; the rest
	// keep their verdicts, with their time.
	LookInTurn(ctx context.Context, known model.Links, others int) (model.Links, error)
	// AskSources has the token's source asked at the next refusal, however lately it had nothing better.
	AskSources()
	// Validate asks the server whether one link works.
	Validate(ctx context.Context, secret string) (model.Verdict, error)
	// Checked returns a context whose writes take the links for what is true now, if they were fetched less than a second
	// ago: that saves a round trip.
	Checked(ctx context.Context, links model.Links) context.Context
	// CreateLink makes a link; it deletes leftovers that would hide it.
	CreateLink(ctx context.Context, name string, expiresAt time.Time) (model.Links, model.Token, error)
	// ChangeExpiry gives the link that was shown a new expiry.
	ChangeExpiry(ctx context.Context, shown model.Token, expiresAt time.Time) (model.Links, error)
	// DeleteLink makes the link that was shown stop working.
	DeleteLink(ctx context.Context, shown model.Token) (model.Links, error)
	// RestoreLink makes a deleted link work again, as far as its expiry lets it, beside
	// no other live links than those.
	RestoreLink(ctx context.Context, shown model.Token, beside []model.Token) (model.Links, error)
	// Rotate replaces the live links by a new one and reports each step when it begins and when it is over.
	Rotate(ctx context.Context, wish model.Rotation, report func(model.StepReport)) (model.Links, model.Token, error)
	// Watch looks whether a write whose answer was lost appears, for as long as it may still arrive.
	Watch(ctx context.Context, w model.Write) (links model.Links, made model.Token, appeared bool, err error)
	// Record returns a context whose writes, and questions about single links, are
	// recorded, and what tells those sent so far.
	Record(ctx context.Context) (context.Context, func() []model.Request)
	// LookRequests are those of a look at all links as far as they concern this one.
	LookRequests(t model.Token) []model.Request
	// AccountsRequest is that of a look at all accounts.
	AccountsRequest() model.Request
	// Accounts lists the accounts of the instance, and the root roles.
	Accounts(ctx context.Context) (model.Accounts, error)
	// RemoveAccounts removes accounts and reports how each ended; a removal is reported when it begins and when it ends.
	RemoveAccounts(ctx context.Context, shown []model.Account, report func(model.Removal)) []model.Removal
	// ChangeRole gives the account that was shown another root role.
	ChangeRole(ctx context.Context, shown model.Account, role model.Role) error
	// SetMaintenance switches maintenance mode on or off.
	SetMaintenance(ctx context.Context, on bool) (model.Server, error)
	// WhoAmI tells whose credential is in use.
	WhoAmI(ctx context.Context) (model.User, error)
	// Renew signs in with another token, and works with it from then on if it is an Admin's.
	Renew(ctx context.Context, token string) (model.User, model.Server, error)
	// Server describes the server.
	Server(ctx context.Context) (model.Server, error)
}
