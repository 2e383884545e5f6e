package client

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"time"

	"unleash-invite/model"
)

// Kind is the sort of failure that an Error is.
type Kind int

const (
	// KindAnswer means that the server answered with a status that is no success.
	KindAnswer Kind = iota + 1
	// KindBadResponse means that there was an answer, but not one of Unleash's
	// API: a web page, cut off, of another shape, or too large.
	KindBadResponse
	// KindUnreachable means that no connection came about, so nothing was sent.
	KindUnreachable
	// KindNoResponse means that the connection broke or the time ran out after the
	// request may have reached the server. A write may have been carried out.
	KindNoResponse
	// KindCanceled means that the caller's context was cancelled before the answer came.
	KindCanceled
	// KindChanged means, of a safe operation, that the link is not what was shown
	// any more, so the write was not sent. The Links returned with it are fresh.
	KindChanged
	// KindInTheWay means, of CreateLink, that a link is live already, so nothing was created.
	KindInTheWay
	// KindNotDone means, of a safe operation, that the server shows no change.
	KindNotDone
	// KindUnseen means, of a safe operation, that it was done, but that the look
	// at the server afterwards failed, wholly or in part.
	KindUnseen
	// KindUnknown means, of a safe operation, that the write's answer was lost and that
	// its effect does not show, or that looking failed too: it may still arrive, see Error.Pending.
	KindUnknown
	// KindUnconfirmed means, of a safe operation, that the server said that it was done,
	// but shows something else still. The Links returned with it have it done.
	KindUnconfirmed
	// KindHalfDone means, of Rotate, that old links were deleted, see Error.Deleted, and
	// that there is no new one that works.
	KindHalfDone
	// KindYielded means, of CreateLink and Rotate, that somebody else made a link of
	// the same name at the same time and first, so the one just made was deleted
	// again. The token returned with it is theirs.
	KindYielded
	// KindPrevailed means, of CreateLink and Rotate, that they did so later: the one
	// just made stays, and theirs was deleted.
	KindPrevailed
	// KindRemovedBefore means, of RemoveAccount, that somebody else removed the account first.
	KindRemovedBefore
	// KindMaintenance means that the server refused a write because it is in maintenance mode.
	// A safe operation's error has another Kind: see Error.Maintenance.
	KindMaintenance
)

// Error is every error of a Client's methods. Its texts are safe to print and
// never hold the credential.
type Error struct {
	Kind Kind
	// Status is the HTTP status of the answer that caused the error; 0 without one.
	Status int
	// Name is Unleash's name for the error, such as "PermissionError"; often empty.
	Name string
	// Message is the server's own text; often empty.
	Message string
	// RetryAfter is how long the server wants to be left alone; 0 when it did not say.
	RetryAfter time.Duration

	sentence  string
	hint      string
	cause     error
	form      form     // of the answer's body
	target    *url.URL // of a redirect
	transient bool     // the same GET may well succeed in a moment
	unsent    bool     // the request did not leave

	stranger bool // something in front of Unleash refused the request

	distrusted bool // the server speaks TLS, but did not prove who it is

	pending []model.Write
	deleted []model.Token
}

// Error is one sentence, without a full stop, that says what happened.
func (e *Error) Error() string { return e.sentence }

// Hint is one sentence that says what to do; it may be empty.
func (e *Error) Hint() string { return e.hint }

// Done reports whether the write was carried out despite the error.
func (e *Error) Done() bool {
	return e.Kind == KindUnseen || e.Kind == KindUnconfirmed || e.Kind == KindPrevailed ||
		e.Kind == KindRemovedBefore
}

// Pending are the writes that may still arrive at the server, for model.WatchFor
// since they were sent, see Client.Appeared.
func (e *Error) Pending() []model.Write { return e.pending }

// Unsettled reports whether the server may still come to show something else: a write may
// yet arrive, or does not show although the server said that it was done.
func (e *Error) Unsettled() bool { return e.Kind == KindUnconfirmed || len(e.pending) > 0 }

// Deleted are the links that a rotation deleted before it failed.
func (e *Error) Deleted() []model.Token { return e.deleted }

// Silent reports whether no answer came, which points to the network.
func (e *Error) Silent() bool { return e.Kind == KindNoResponse || e.Kind == KindUnreachable }

// Wait is how long the server wants to be left alone; 0 when it did not say.
func (e *Error) Wait() time.Duration { return e.RetryAfter }

// TokenRefused reports whether Unleash refused the token itself.
func (e *Error) TokenRefused() bool { return e.Status == http.StatusUnauthorized && !e.stranger }

// Unwrap returns what caused the error: another *Error below a safe operation's,
// else an error of the standard library, or nil.
func (e *Error) Unwrap() error { return e.cause }

// settled reports whether Unleash itself answered, so that nothing is on its way.
func (e *Error) settled() bool {
	return e.Kind == KindAnswer && e.form == formJSON && e.Name+e.Message != ""
}

// mayHaveHappened reports whether a write which failed like this may have been carried out.
func (e *Error) mayHaveHappened() bool {
	switch e.Kind {
	case KindNoResponse, KindCanceled, KindBadResponse:
		return !e.unsent
	case KindAnswer:
		return e.Status >= 500 || e.Status == 408 // Request Timeout
	default:
		return false
	}
}

// about is the error with what it is about in front.
func (e *Error) about(what string) *Error {
	outer := *e
	outer.sentence = what + ": " + e.sentence
	outer.cause = e
	return &outer
}

// because makes the error of a safe operation out of its outcome and the cause; the
// hint is the cause's when there is no better one.
func because(kind Kind, what, hint string, cause error) *Error {
	e := &Error{Kind: kind, sentence: what, hint: hint, cause: cause}
	if inner, ok := errors.AsType[*Error](cause); ok {
		e = inner.about(what)
		e.Kind, e.hint = kind, cmp.Or(hint, inner.hint)
	}
	return e
}

// redact takes the credential out of everything that the error says.
func (e *Error) redact(c credential) *Error {
	if e == nil {
		return nil
	}
	e.sentence, e.hint = c.redact(e.sentence), c.redact(e.hint)
	e.Name, e.Message = c.redact(e.Name), c.redact(e.Message)
	if e.cause != nil && c.redact(e.cause.Error()) != e.cause.Error() {
		e.cause = nil
	}
	return e
}
