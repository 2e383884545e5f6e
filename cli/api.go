package cli

import (
	"context"
	"time"

	"unleash-invite/config"
	"unleash-invite/model"
)

// API is the part of an Unleash instance that the commands need. The operations that write look before and after: their links
// are what is true on the server once they return, with an error, too, unless nothing could be fetched (then FetchedAt
// is zero). An error's text is one sentence; it may have a Hint, and Done where the write was carried out anyway.
type API interface {
	Look(ctx context.Context) (model.Links, error)
	// LookInTurn asks about the current link, and about so many others in turn; the rest keep their verdicts.
	LookInTurn(ctx context.Context, known model.Links, others int) (model.Links, error)
	Server(ctx context.Context) (model.Server, error)
	Accounts(ctx context.Context) (model.Accounts, error)
	RemoveAccounts(ctx context.Context, shown []model.Account, report func(model.Removal)) []model.Removal
	CreateLink(ctx context.Context, name string, expiresAt time.Time) (model.Links, model.Token, error)
	ChangeExpiry(ctx context.Context, shown model.Token, expiresAt time.Time) (model.Links, error)
	DeleteLink(ctx context.Context, shown model.Token) (model.Links, error)
	RestoreLink(ctx context.Context, shown model.Token, beside []model.Token) (model.Links, error)
	// Watch looks for a write whose answer was lost until it appears, a minute after it was sent at most.
	Watch(ctx context.Context, w model.Write) (model.Links, model.Token, bool, error)
	Rotate(ctx context.Context, wish model.Rotation, report func(model.StepReport)) (model.Links, model.Token, error)
}

// Instance is an instance to work on with somebody's credential.
type Instance struct {
	API API
	// Host is its address as people read it, Address the whole of it.
	Host, Address string
	// Profile is its name among the profiles; empty when it has none.
	Profile              string
	ReadOnly, Production bool
}

// Instances are those that commands can work on.
type Instances interface {
	// First is the one that the configuration means.
	First(ctx context.Context, c config.Config) (Instance, error)
	// Open is that of a profile.
	Open(ctx context.Context, profile string) (Instance, error)
	// Profiles lists the remembered ones.
	Profiles() ([]config.Profile, error)
}

// done reports whether the write was carried out although there is an error.
func done(err error) bool {
	d, ok := err.(interface{ Done() bool })
	return err == nil || ok && d.Done()
}
