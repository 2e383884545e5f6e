// Package client speaks the Admin API of an Unleash server about invite links.
//
// Its raw calls do one request each. Above them stand the safe operations, which
// check what is true on the server, write, and look again. Text from the server
// is safe to print by the time it leaves the package, and the credential leaves
// it only in the Authorization header of requests to the server it was given for.
package client

import (
	"net/http"
	"net/url"
	"sync"
	"time"

	"unleash-invite/model"
)

// Client talks to one Unleash instance with one credential. Its methods may be
// called from several goroutines at once.
type Client struct {
	base       *url.URL // without a trailing slash
	credential credential
	// replaceToken puts another token in the place of the credential's.
	replaceToken func(token string) error
	source       TokenSource
	renewal      renewal
	gateway      *gateway // nil without headers for one
	home         *url.URL // where alone those are sent
	debug        *debugLog
	userAgent    string
	timeouts     Timeouts
	limits       limits
	transport    http.RoundTripper
	connection   connection
	now          func() time.Time

	mu           sync.Mutex    // guards what follows
	unleashURL   string        // once it has been fetched
	names        []string      // ours, once WhoAmI was asked
	myID         int64         // ours, then
	listed       taggedList    // the last list fetched
	writes       int           // how many were sent
	known        []model.Token // as last told, with those that a list was too long to show
	accounts     taggedAccounts
	removals     map[int64]bool // by the accounts' IDs: those that were sent, and not refused
	server       serverClock
	facts        []fact // what our own writes did of late
	accountFacts accountFacts
	inVain       map[string]time.Time // when links were last asked about without an answer, see LookInTurn
}

// Option changes how a Client does its work.
type Option func(*Client)

// WithTransport sends the requests through rt instead of the network: for an
// Unleash in memory, and for tests. The Dial, TLS and Ping timeouts are then rt's.
func WithTransport(rt http.RoundTripper) Option {
	return func(c *Client) { c.transport = rt }
}

// WithTimeouts replaces the timeouts that are not zero in t.
func WithTimeouts(t Timeouts) Option {
	return func(c *Client) { c.timeouts = t.over(c.timeouts) }
}

// WithVersion names the program's version in the User-Agent header.
func WithVersion(version string) Option {
	return func(c *Client) { c.userAgent = userAgent + "/" + headerToken(version) }
}

// WithClock replaces time.Now as this computer's clock. Links are live or not by the server's, as its answers tell it.
func WithClock(now func() time.Time) Option {
	return func(c *Client) { c.now = now }
}

const userAgent = "unleash-invite"

// New makes a client for the Unleash instance at base, which may have a path, a
// trailing slash, and the /api that Unleash's SDKs want at its end. The token is
// sent as it is in the Authorization header. Nothing is sent yet.
func New(base, token string, opts ...Option) (*Client, error) {
	address, err := parseBase(base)
	if err != nil {
		return nil, err
	}
	cred, replace, err := newCredential(token)
	if err != nil {
		return nil, err
	}
	c := assemble(address, cred, opts)
	c.renewsToken(replace)
	return c, nil
}

func assemble(base *url.URL, cred credential, opts []Option) *Client {
	c := &Client{
		base:       base,
		home:       base,
		credential: cred,
		userAgent:  userAgent,
		timeouts:   defaultTimeouts(),
		now:        time.Now,
		limits:     standardLimits(),
		inVain:     map[string]time.Time{},
	}
	for _, opt := range opts {
		opt(c)
	}
	c.connect()
	return c
}

// BaseURL is the address of the instance, without a trailing slash or /api.
func (c *Client) BaseURL() string { return c.base.String() }

// Timeouts bound what the client waits for. A zero field means the default.
type Timeouts struct {
	// Dial and TLS bound two steps to a connection, Connect all of them, those of a
	// proxy included. 5 s, 5 s, 8 s.
	Dial, TLS, Connect time.Duration
	// Header is how long the server may be silent once it was connected to: before
	// its answer begins, and within it. First is that for the first answer to a GET, which
	// is asked for again on a fresh connection. 10 s, 3 s.
	Header, First time.Duration
	// Ping is how long an HTTP/2 connection may be silent before it is pinged, and
	// how long after that it is closed. 5 s.
	Ping time.Duration
	// Attempt bounds a whole attempt, the reading of its answer included. 60 s.
	Attempt time.Duration
	// Backoff is the longest wait before the second attempt of a GET; it doubles
	// for the third. 250 ms.
	Backoff time.Duration
	// Look bounds the look at the server after a write, all attempts together. 20 s.
	Look time.Duration
	// LookAgain is the wait before a second look when a write's answer was lost and
	// the first look shows no change. 1 s.
	LookAgain time.Duration
	// Settle is how long the effect of a write is looked for that the server said it
	// carried out. 10 s.
	Settle time.Duration
	// Grace is how long a rotation that is cancelled after its first deletion goes on. 2 s.
	Grace time.Duration
}

func defaultTimeouts() Timeouts {
	return Timeouts{
		Dial:      5 * time.Second,
		TLS:       5 * time.Second,
		Connect:   8 * time.Second,
		Header:    10 * time.Second,
		First:     3 * time.Second,
		Ping:      5 * time.Second,
		Attempt:   60 * time.Second,
		Backoff:   250 * time.Millisecond,
		Look:      20 * time.Second,
		LookAgain: time.Second,
		Settle:    10 * time.Second,
		Grace:     2 * time.Second,
	}
}

// over is t, with the fields of base where t has none.
func (t Timeouts) over(base Timeouts) Timeouts {
	or := func(a, b time.Duration) time.Duration {
		if a > 0 {
			return a
		}
		return b
	}
	return Timeouts{
		Dial:      or(t.Dial, base.Dial),
		TLS:       or(t.TLS, base.TLS),
		Connect:   or(t.Connect, base.Connect),
		Header:    or(t.Header, base.Header),
		First:     or(t.First, base.First),
		Ping:      or(t.Ping, base.Ping),
		Attempt:   or(t.Attempt, base.Attempt),
		Backoff:   or(t.Backoff, base.Backoff),
		Look:      or(t.Look, base.Look),
		LookAgain: or(t.LookAgain, base.LookAgain),
		Settle:    or(t.Settle, base.Settle),
		Grace:     or(t.Grace, base.Grace),
	}
}
