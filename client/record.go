package client

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"

	"unleash-invite/model"
)

// record keeps the requests of one operation.
type record struct {
	mu       sync.Mutex
	requests []model.Request
}

type recordKey struct{}

// Record returns a context whose writes, and questions about single links, are
// recorded, and what tells those sent so far. The looks at all links are left out,
// see LookRequests.
func (c *Client) Record(ctx context.Context) (recorded context.Context, requests func() []model.Request) {
	r := &record{}
	return context.WithValue(ctx, recordKey{}, r), func() []model.Request {
		r.mu.Lock()
		defer r.mu.Unlock()
		return slices.Clone(r.requests)
	}
}

// unrecorded is the context of a look at all links.
func unrecorded(ctx context.Context) context.Context {
	return context.WithValue(ctx, recordKey{}, (*record)(nil))
}

// record takes a request that is sent; one that is tried again counts once.
func (c *Client) record(ctx context.Context, q request) {
	r, _ := ctx.Value(recordKey{}).(*record)
	if r == nil || q.method == http.MethodGet && !strings.HasSuffix(q.path, validateSuffix) {
		return
	}
	sent := c.described(q)
	r.mu.Lock()
	defer r.mu.Unlock()
	if n := len(r.requests); n == 0 || r.requests[n-1] != sent {
		r.requests = append(r.requests, sent)
	}
}

func (c *Client) described(q request) model.Request {
	d := model.Request{Method: q.method, URL: c.base.String() + q.path, Authorized: !q.anonymous}
	if q.body != nil {
		body, _ := json.Marshal(q.body) // it went out just so
		d.Body = string(body)
	}
	return d
}

// LookRequests are those of a look at all links as far as they concern this one.
func (c *Client) LookRequests(t model.Token) []model.Request {
	all := []model.Request{c.described(request{method: http.MethodGet, path: tokensPath})}
	if usableSecret(t.Secret) {
		all = append(all, c.described(validation(t.Secret)))
	}
	return all
}
