package screen

import (
	"context"
	"slices"
	"strings"
	"time"

	"unleash-invite/model"
	"unleash-invite/tui/session"
)

// profileRotation is the rotation of one profile's links, and how far it is.
type profileRotation struct {
	session.Profile
	instance session.Instance
	// shown is the current link as it was when the question was asked, known all links.
	shown model.Token
	known model.Links
	wish  model.Rotation
	// began is when the first attempt did, by the server's clock; zero before.
	began time.Time

	state rotationState
	step  model.Step
	// made is the new link, links are all of them afterwards, err is the failure.
	made  model.Token
	links model.Links
	err   error
	// pending may still arrive.
	pending []model.Write
}

// rotationState is how far a rotation is.
type rotationState int

const (
	rotationWaits rotationState = iota
	rotationRuns
	rotated
	notRotatedThere
	// rotationHalf is one that deleted the old links and made no new one.
	rotationHalf
	rotationUnknown
)

// newProfileRotation is that of the profile as it stands.
func newProfileRotation(row *profileRow, local time.Time) *profileRotation {
	now := row.links.ServerTime(local)
	one := &profileRotation{Profile: row.Profile, instance: row.instance, known: row.links}
	one.Production = row.production()
	one.shown, _ = row.links.Current(now)
	one.wish = model.Rotation{Old: row.links.Live(now), Name: one.shown.Name}
	if strings.TrimSpace(one.wish.Name) == "" {
		one.wish.Name = model.DefaultName
	}
	return one
}

// joined is how many accounts the links that go have let in.
func (one *profileRotation) joined() int {
	n := 0
	for _, t := range one.wish.Old {
		n += t.JoinedCount()
	}
	return n
}

// last reports whether the new link lasts as long as the preset says; the one without a span is as long as the old one's.
func (one *profileRotation) expires(lifetime model.Preset, now time.Time) time.Time {
	span := lifetime.Span
	if span == (model.Span{}) {
		span = one.shown.Lifetime()
	}
	return span.From(now).At
}

// finished is the outcome of a rotation.
type finished struct {
	links model.Links
	made  model.Token
	err   error
}

// run rotates. Again is for a second attempt: what the first one did is looked at, and what may still arrive is waited
// for, so that nothing is done twice.
func (one *profileRotation) run(ctx context.Context, again bool, report func(model.StepReport)) finished {
	wish := one.wish
	if again {
		for _, w := range one.pending {
			if w.Kind == model.Creation {
				_, _, _, _ = one.instance.API.Watch(ctx, w)
			}
		}
		now, err := one.instance.API.Look(ctx)
		if now.FetchedAt.IsZero() {
			return finished{err: err}
		}
		if made, ok := one.arrived(now); ok {
			return finished{links: now, made: made}
		}
		wish.Old = slices.DeleteFunc(slices.Clone(wish.Old), func(t model.Token) bool {
			is, found := now.Find(t.Secret)
			return found && !is.Enabled
		})
	}
	links, made, err := one.instance.API.Rotate(ctx, wish, report)
	return finished{links, made, err}
}

// arrived is the new link of an attempt whose answer was lost: the only live one, made since, while all old ones are gone.
func (one *profileRotation) arrived(now model.Links) (model.Token, bool) {
	live := now.Live(now.ServerTime(now.FetchedAt))
	if len(live) != 1 || live[0].Name != one.wish.Name || live[0].CreatedAt.Before(one.began.Truncate(time.Second)) {
		return model.Token{}, false
	}
	_, old := (model.Links{Tokens: one.wish.Old}).Find(live[0].Secret)
	return live[0], !old
}

// take records the rotation's outcome.
func (one *profileRotation) take(f finished) {
	one.err, one.links = f.err, f.links
	pending, unsettled := session.Pending(f.err)
	one.pending = append(one.pending, pending...)
	switch {
	case session.Outcome{Links: f.links, Err: f.err}.Done():
		one.state, one.made = rotated, f.made
	case unsettled, f.links.FetchedAt.IsZero() && one.step > model.StepDelete:
		one.state = rotationUnknown
	case one.oldGone():
		one.state = rotationHalf
	default:
		one.state = notRotatedThere
	}
}

// oldGone reports whether all links that were to go are gone.
func (one *profileRotation) oldGone() bool {
	for _, t := range one.wish.Old {
		if is, found := one.links.Find(t.Secret); !found || is.Enabled {
			return false
		}
	}
	return len(one.wish.Old) > 0
}
