package client

import (
	"context"
	"net/http"

	"unleash-invite/model"
)

// Renew signs in with another token, and works with it from then on.
func (c *Client) Renew(ctx context.Context, token string) (model.User, model.Server, error) {
	cred, _, err := newCredential(token)
	if err != nil {
		return model.User{}, model.Server{}, err
	}
	other := c.at(c.base)
	other.credential = cred
	other.connect()
	user, server, err := other.SignIn(ctx)
	if err != nil {
		return user, server, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.names, c.myID = other.names, other.myID
	return user, server, c.replaceToken(token)
}

// SignIn checks that the credential is an Admin's, and tells whose it is and what
// the instance is. GET /api/admin/user and /api/admin/ui-config.
func (c *Client) SignIn(ctx context.Context) (model.User, model.Server, error) {
	user, err := c.WhoAmI(ctx)
	if err != nil {
		return model.User{}, model.Server{}, err
	}
	if !user.Admin {
		e := &Error{Kind: KindAnswer, Status: http.StatusForbidden, form: formJSON}
		e.sentence, e.hint = "the token works, but its user "+user.Name+" is not an Admin there", statusHint(e, false)
		return user, model.Server{}, e
	}
	instance, err := c.Server(ctx)
	return user, instance, err
}
