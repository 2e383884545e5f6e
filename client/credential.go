package client

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
)

// credential gives the secret that the requests are authorized with, and after it
// the escaped forms in which a server may send it back. It is a function because
// fmt prints what lies in a struct's unexported fields, behind pointers too,
// without asking their methods; of a function it sees an address.
type credential func() []string

const redacted = "[redacted]"

// shortestEcho is the least length of a credential that is looked for in what
// the server sends: a shorter one is no Unleash token, and would occur by chance.
const shortestEcho = 8

// mostForms bounds what is remembered of tokens that were replaced.
const mostForms = 30

// newCredential also returns what replaces the token. The ones before it stay among the forms, as they may be sent back late.
func newCredential(token string) (c credential, replace func(token string) error, err error) {
	var forms atomic.Pointer[[]string]
	forms.Store(new([]string))
	replace = func(token string) error {
		if token == "" {
			return errors.New("the token is empty: give a personal access token of an Unleash admin")
		}
		if headerToken(token) != token {
			return errors.New("the token contains a space, a line break or another character that no Unleash token has: copy it again")
		}
		next := []string{token, url.QueryEscape(token), url.PathEscape(token)}
		for _, before := range *forms.Load() {
			if len(before) >= shortestEcho && !slices.Contains(next, before) && len(next) < mostForms {
				next = append(next, before)
			}
		}
		forms.Store(&next)
		return nil
	}
	if err := replace(token); err != nil {
		return nil, nil, err
	}
	return func() []string { return *forms.Load() }, replace, nil
}

// headerToken keeps of s what may stand in a header without further thought:
// printable ASCII, no space.
func headerToken(s string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' {
			return -1
		}
		return r
	}, s)
}

// String hides the credential.
func (credential) String() string { return redacted }

// GoString hides the credential.
func (credential) GoString() string { return redacted }

// Format hides the credential, whatever the verb.
func (credential) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// redact takes the credential out of a cleaned text of the server's.
func (c credential) redact(s string) string {
	forms := c()
	if len(s) < shortestEcho {
		return s
	}
	for _, form := range forms {
		if len(form) >= shortestEcho {
			s = strings.ReplaceAll(s, form, redacted)
		}
	}
	short, cut := strings.CutSuffix(s, "…")
	for _, form := range forms {
		for n := len(form) - 1; cut && n >= shortestEcho; n-- { // a text that was cut in the middle of it
			if rest, ok := strings.CutSuffix(short, form[:n]); ok {
				return rest + redacted + "…"
			}
		}
	}
	return s
}
