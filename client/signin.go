package client

import (
	"context"
	"net/http"

	"unleash-invite/model"
)

// SignIn checks that the credential is an Admin's, and tells whose it is and what
// the instance is. GET /api/admin/user and /api/admin/ui-config.
func (c *Client) SignIn(ctx context.Context) (model.User, model.Server, error) {
	user, err := c.WhoAmI(ctx)
	if err != nil {
		return model.User{}, model.Server{}, err
	}
	if !user.Admin {
		e := &Error{Kind: KindAnswer, Status: http.StatusForbidden, form: formJSON}
		e.sentence, e.hint = "the token works, but its user "+user.Name+" is no Admin there", statusHint(e, false)
		return user, model.Server{}, e
	}
	instance, err := c.Server(ctx)
	return user, instance, err
}
