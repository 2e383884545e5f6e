package client

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"unleash-invite/model"
)

// pageTime bounds the question for a sign-up page: no link depends on its answer.
const pageTime = 3 * time.Second

// signUpPageMissing reports whether the sign-up page that links lead to is elsewhere on the instance's own host, and
// the server answers 404 there. Other hosts are not asked, and no secret or credential is sent. GET <unleashURL>/new-user.
func (c *Client) signUpPageMissing(ctx context.Context, unleashURL string) bool {
	page, err := url.Parse(model.NewUser(unleashURL))
	if err != nil || page.Hostname() != c.base.Hostname() || model.Leads(page.String(), c.BaseURL()) != model.LeadsToAnotherPage {
		return false
	}
	ctx, cancel := context.WithTimeout(unrecorded(ctx), pageTime)
	defer cancel()
	base := &url.URL{Scheme: page.Scheme, Host: page.Host}
	e := c.at(base).attempt(ctx, request{method: http.MethodGet, path: page.EscapedPath(), anonymous: true})
	return e != nil && e.Status == http.StatusNotFound
}
