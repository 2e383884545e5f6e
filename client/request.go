package client

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"time"
)

// request is one call of the API.
type request struct {
	method string
	path   string // below the base address, with its parts escaped
	body   any    // sent as JSON; nil sends none
	// anonymous leaves the credential out.
	anonymous bool
	// token is sent in place of the credential's present one, which may have been renewed; empty is that one.
	token string
	// verdict wants an answer that is 200 with an empty body, and no cache's.
	verdict bool
	// read takes the body of a 2xx answer; nil wants none. It is called again for
	// each attempt.
	read func(io.Reader) error
	// etag, if there is one, wants an answer only if it has another: for the same
	// one, 304, read is not called.
	etag string
	// hasty gives up sooner on a server that is silent or stops in the middle: the request is tried again.
	hasty bool
	// tagged takes the ETag of an answer that was read; nil wants none.
	tagged func(etag string)
}

// The rest of a body is read within these bounds, so that its connection can be
// used again; beyond them a new connection is cheaper.
const (
	drainLimit = 256 << 10
	drainTime  = 100 * time.Millisecond
)

// validators is how many questions are under way at once.
const validators = 8

// attempt sends a request once.
func (c *Client) attempt(ctx context.Context, q request) *Error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return &Error{Kind: KindCanceled, sentence: "stopped before it was sent", cause: ctx.Err(), unsent: true}
	}
	bounded, cancel := context.WithTimeout(ctx, c.timeouts.Attempt)
	defer cancel()
	header := c.timeouts.Header
	if q.hasty {
		header = c.timeouts.First
	}
	waiting, stop := newPatience(bounded, c.timeouts.Connect, header)
	defer stop()
	var sent sending
	req, err := c.newRequest(httptrace.WithClientTrace(waiting.ctx, sent.trace(waiting.connected)), q)
	if err != nil {
		return &Error{Kind: KindUnreachable, sentence: "the request could not be made", cause: err, unsent: true}
	}
	c.record(ctx, q)
	answered := c.noted(ctx, q)
	// No http.Client stands above the transport, as that would follow redirects: the
	// credential stays with the server it is for.
	resp, err := c.roundTrip(req, q) //nolint:bodyclose // drain closes it
	if err != nil {
		answered(0)
		return c.noResponse(ctx, waiting.reason(err), sent.never()).redact(c.credential)
	}
	waiting.begun(header)
	defer drain(resp.Body, cancel)
	e := c.answer(ctx, resp, q, waiting)
	answered(resp.StatusCode)
	if e != nil && errors.Is(waiting.reason(e), errSilent) {
		c.dropConnections()
	}
	if e != nil && q.verdict && (e.keepsPeopleOut() || e.elsewhere()) {
		outsiders(e)
	}
	return e.redact(c.credential)
}

// dropConnections gives up those that are in use.
func (c *Client) dropConnections() {
	if n, ok := c.transport.(*network); ok {
		n.drop()
	}
}

func drain(rest io.ReadCloser, cancel context.CancelFunc) {
	timer := time.AfterFunc(drainTime, cancel)
	defer timer.Stop()
	_, _ = io.CopyN(io.Discard, rest, drainLimit)
	_ = rest.Close()
}

func (c *Client) newRequest(ctx context.Context, q request) (*http.Request, error) {
	var content []byte
	if q.body != nil {
		var err error
		if content, err = json.Marshal(q.body); err != nil {
			return nil, err
		}
	}
	req, err := http.NewRequestWithContext(ctx, q.method, c.base.String()+q.path, bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	if c.gateway != nil && c.base.Scheme == c.home.Scheme && c.base.Host == c.home.Host {
		req.Header = c.gateway.headers().Clone()
	}
	req.Header.Set("User-Agent", c.userAgent)
	req.Header.Set("Accept", "application/json")
	if !q.anonymous {
		req.Header.Set("Authorization", cmp.Or(q.token, c.credential()[0]))
	}
	if q.etag != "" {
		req.Header.Set("If-None-Match", q.etag)
	}
	if q.verdict { // a query never used before is in no cache
		req.URL.RawQuery = strconv.FormatUint(rand.Uint64(), 36)
	}
	switch {
	case q.method != http.MethodGet:
	case q.etag != "": // for no-cache, Unleash would answer in full
		req.Header.Set("Cache-Control", "max-age=0")
	default:
		req.Header.Set("Cache-Control", "no-cache")
	}
	if q.body != nil {
		req.Header.Set("Content-Type", "application/json")
		// Without GetBody the transport can't send a write a second time by itself.
		req.GetBody = nil
	}
	return req, nil
}

// wantsTruth is true where a cache's answer is none; for finding Unleash at an address one is good enough.
func (q request) wantsTruth() bool { return q.method == http.MethodGet && (q.verdict || !q.anonymous) }

// answer deals with an answer that has begun to come in.
func (c *Client) answer(ctx context.Context, resp *http.Response, q request, waiting *patience) *Error {
	if q.wantsTruth() && aged(resp.Header) && resp.StatusCode < 500 {
		return c.fromCache(resp)
	}
	c.heed(resp.Header, waiting.took)
	if q.etag != "" && resp.StatusCode == http.StatusNotModified {
		return nil
	}
	in := &body{from: resp.Body, left: c.limits.answer, waiting: waiting}
	content := bufio.NewReaderSize(in, 32<<10)
	shape := formOf(resp.Header, content)
	if q.verdict && !isVerdict(resp.StatusCode, content) {
		return c.noVerdict(resp, shape)
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return c.refusal(resp, shape, content)
	}
	err := in.err
	switch {
	case shape == formPage, shape == formPlain:
		return c.foreign(resp, shape)
	case q.read != nil:
		err = q.read(content)
	}
	if err != nil {
		return c.unreadable(ctx, resp, in, err)
	}
	if q.tagged != nil {
		q.tagged(usableETag(resp.Header.Get("ETag")))
	}
	return nil
}

// isVerdict is false for an answer about a link that is none of Unleash's; those that tell more by themselves, such as
// redirects and refusals, are left out. The content has been looked at.
func isVerdict(status int, content *bufio.Reader) bool {
	switch status {
	case http.StatusOK, http.StatusBadRequest:
		return content.Buffered() == 0
	default:
		return status > 299 && status != http.StatusNotModified
	}
}

// usableETag is the ETag, or nothing when it is not one to send back as it is.
func usableETag(etag string) string {
	if len(etag) > 256 || headerToken(etag) != etag {
		return ""
	}
	return etag
}

// body reads no more of an answer than the limit, and remembers why it stopped.
type body struct {
	from    io.Reader
	left    int64
	waiting *patience
	err     error
}

func (b *body) Read(p []byte) (int, error) {
	if b.left <= 0 && b.err == nil {
		b.err = errTooLarge
	}
	if b.err != nil {
		return 0, b.err
	}
	n, err := b.from.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	if n > 0 {
		b.waiting.heard()
	}
	if err != nil && err != io.EOF {
		b.err = b.waiting.reason(err)
	}
	return n, err
}
