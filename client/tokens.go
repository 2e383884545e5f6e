package client

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"

	"unleash-invite/model"
)

const tokensPath = "/api/admin/invite-link/tokens" //nolint:gosec // a path, no credential

// timeFormat is RFC 3339 in milliseconds, the precision that Unleash keeps.
const timeFormat = "2006-01-02T15:04:05.000Z07:00"

// taggedList is a list of tokens with the ETag that the server gave it, if any.
type taggedList struct {
	etag    string
	tokens  []model.Token
	partial bool // there are more, which were not read
}

// Tokens lists every token that the instance ever made: live, expired and
// deleted, in no particular order. GET /api/admin/invite-link/tokens, whose ETag
// saves the answer when it is the same as the last. A list that is too long to be
// read whole is cut, see List.
func (c *Client) Tokens(ctx context.Context) ([]model.Token, error) {
	list, err := c.tokens(ctx)
	return list.tokens, err
}

// tokens is the list as far as it was read. What it shares with the one kept is not to be changed.
func (c *Client) tokens(ctx context.Context) (taggedList, error) {
	c.mu.Lock()
	last, writes := c.listed, c.writes
	c.mu.Unlock()
	var list taggedList
	same := last.etag != ""
	err := c.do(ctx, request{
		method: http.MethodGet,
		path:   tokensPath,
		etag:   last.etag,
		read: func(content io.Reader) error {
			list = taggedList{}
			err := decodeTokens(content, c.limits, func(t wireToken) { list.tokens = append(list.tokens, c.token(t)) })
			if outOfBounds(err) && len(list.tokens) > 0 {
				list.partial, err = true, nil
			}
			return err
		},
		tagged: func(etag string) { list.etag, same = etag, false },
	})
	if err != nil {
		return taggedList{}, c.withoutLinks(ctx, err)
	}
	if same {
		list = last
	}
	c.mu.Lock()
	if writes == c.writes { // else the list may be older than the write
		c.listed = list
	}
	list.tokens = withKnown(list, c.known)
	c.known = list.tokens
	c.mu.Unlock()
	list.tokens = slices.Clone(list.tokens) // without the links that are filled in: what they begin with may be learnt later
	c.fillLinks(ctx, list.tokens)
	return list, nil
}

// Token fetches one token. GET /api/admin/invite-link/tokens/<secret>, which
// answers 404 for a secret that there is not.
func (c *Client) Token(ctx context.Context, secret string) (model.Token, error) {
	return c.oneToken(ctx, request{method: http.MethodGet}, secret)
}

// Create makes a token. Unleash cuts an expiry beyond one calendar month to that,
// so the expiry of the token returned is the truth. It makes no difference whether
// other links are live. POST /api/admin/invite-link/tokens.
func (c *Client) Create(ctx context.Context, name string, expiresAt time.Time) (model.Token, error) {
	body := map[string]any{"name": name, "expiresAt": expiresAt.UTC().Format(timeFormat)}
	return c.decodeToken(ctx, request{method: http.MethodPost, path: tokensPath, body: body})
}

// SetExpiry sets when a token expires. Unleash takes any time, one in the past and
// one beyond a month, too. PUT /api/admin/invite-link/tokens/<secret>.
func (c *Client) SetExpiry(ctx context.Context, secret string, expiresAt time.Time) error {
	return c.put(ctx, secret, map[string]any{"expiresAt": expiresAt.UTC().Format(timeFormat)})
}

// Delete disables a token, as Unleash means it: Restore undoes it.
// PUT /api/admin/invite-link/tokens/<secret>.
func (c *Client) Delete(ctx context.Context, secret string) error {
	return c.put(ctx, secret, map[string]any{"enabled": false})
}

// Restore enables a deleted token again: the same link works, unless it has
// expired. PUT /api/admin/invite-link/tokens/<secret>.
func (c *Client) Restore(ctx context.Context, secret string) error {
	return c.put(ctx, secret, map[string]any{"enabled": true})
}

// put changes a token. The answer is not used: its role and
// users are empty, whatever they really are.
func (c *Client) put(ctx context.Context, secret string, body map[string]any) error {
	_, err := c.oneToken(ctx, request{method: http.MethodPut, body: body}, secret)
	return err
}

func (c *Client) oneToken(ctx context.Context, q request, secret string) (model.Token, error) {
	if !usableSecret(secret) {
		return model.Token{}, badSecret()
	}
	q.path = tokensPath + "/" + url.PathEscape(secret)
	return c.decodeToken(ctx, q)
}

func (c *Client) decodeToken(ctx context.Context, q request) (model.Token, error) {
	tokens := make([]model.Token, 1)
	q.read = func(content io.Reader) error {
		var t wireToken
		if err := decodeOne(content, c.limits, &t); err != nil && (!outOfBounds(err) || !t.whole()) {
			return err
		}
		if !t.whole() {
			return errShape
		}
		tokens[0] = c.token(t)
		return nil
	}
	if err := c.do(ctx, q); err != nil {
		return model.Token{}, err
	}
	c.learn(tokens[0], q.method == http.MethodPut)
	if q.method != http.MethodPut {
		c.fillLinks(ctx, tokens)
	}
	return tokens[0], nil
}

func badSecret() *Error {
	return &Error{
		Kind:     KindUnreachable,
		unsent:   true,
		sentence: "that is not a token's secret, so nothing was sent",
		hint:     refreshHint,
	}
}

// whole reports whether what makes a token is there.
func (t wireToken) whole() bool { return t.Secret != "" && t.Enabled.sent }

// token is the wire's token as the model has it; its URL may be empty still.
func (c *Client) token(t wireToken) model.Token {
	m := model.Token{
		Secret:    string(t.Secret),
		Name:      string(t.Name),
		URL:       string(t.URL.address),
		Refused:   t.URL.refused,
		ExpiresAt: t.ExpiresAt.Time,
		Enabled:   t.Enabled.on,
		CreatedAt: t.CreatedAt.Time,
		CreatedBy: string(t.CreatedBy),
		Role:      c.role(t.Role),
	}
	newest := t.Users.newest
	if len(newest) > 0 {
		m.Joined, m.MoreJoined = make([]model.Person, len(newest)), t.Users.count-len(newest)
	}
	for i, p := range newest {
		m.Joined[i] = model.Person{
			ID:       p.ID,
			Name:     string(p.Name),
			Username: string(p.Username),
		}
	}
	return m
}

// fillLinks gives a URL to the tokens that came without one, or with one that is
// not safe to show and copy.
func (c *Client) fillLinks(ctx context.Context, tokens []model.Token) {
	base := ""
	for i := range tokens {
		t := &tokens[i]
		if t.URL != "" {
			continue
		}
		if base == "" {
			base = c.linkBase(ctx)
		}
		t.URL = base + "/new-user?invite=" + url.QueryEscape(t.Secret)
	}
}
