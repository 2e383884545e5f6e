package model

import "time"

// Step is a step of a rotation, in the order in which they are taken.
type Step int

const (
	// StepDelete deletes every live link.
	StepDelete Step = iota
	// StepRefused asks the server whether it now refuses them.
	StepRefused
	// StepCreate makes the new link.
	StepCreate
	// StepAccepted asks the server whether it accepts the new link.
	StepAccepted
)

// StepState is a step's progress or outcome.
type StepState int

const (
	// StepBegun is one under way.
	StepBegun StepState = iota
	// StepDone is one that the server answered as it should.
	StepDone
	// StepFailed is one that it did not.
	StepFailed
	// StepUnsure is one that may or may not have happened.
	StepUnsure
)

// StepReport is the news of a rotation's step.
type StepReport struct {
	Step  Step
	State StepState
	// Status is that of the HTTP answer which decided, 0 where none came; Took is the time from its request to it.
	Status int
	Took   time.Duration
}

// Rotation is the wish to replace all live links by a new one.
type Rotation struct {
	// Old are the live links that the user saw and agreed to lose; it may be empty.
	Old []Token
	// Beside holds live links that the user agreed to keep; any other live one stops the rotation.
	Beside []Token
	// Name and ExpiresAt are those of the new link.
	Name      string
	ExpiresAt time.Time
}

// Lifetime is how long the link was meant to work, in whole days: at least one,
// a month at most. A month and more is the whole month that Unleash grants.
func (t Token) Lifetime() Span {
	const day = 24 * time.Hour
	if !t.ExpiresAt.Before(LatestExpiry(t.CreatedAt).Add(-day)) {
		return Span{Months: 1}
	}
	days := int((t.StopsAt().Sub(t.CreatedAt) + day - 1) / day)
	// A lifetime rounded up to midnight is a day more than what was asked for.
	if t.StopsAt().Equal(t.ExpiresAt) && days > 1 && t.CreatedAt.After(midnight(t.CreatedAt)) {
		days--
	}
	return Span{Days: max(days, 1)}
}
