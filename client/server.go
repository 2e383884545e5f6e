package client

import (
	"cmp"
	"context"
	"io"
	"net/http"
	"slices"
	"strings"

	"unleash-invite/model"
)

// WhoAmI tells whose credential it is, and whether they may do all this. GET
// /api/admin/user, whose permissions hold ADMIN for a user whose root role is Admin.
func (c *Client) WhoAmI(ctx context.Context) (model.User, error) {
	var w wireUser
	err := c.do(ctx, request{
		method: http.MethodGet,
		path:   "/api/admin/user",
		read: func(content io.Reader) error {
			w = wireUser{}
			if err := decodeOne(content, c.limits, &w); err != nil {
				return err
			}
			if w.User == nil {
				return errShape
			}
			return nil
		},
	})
	if err != nil {
		return model.User{}, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.myID = w.User.ID
	c.names = nil
	for _, name := range []text{w.User.Email, w.User.Username, w.User.Name} {
		if name != "" {
			c.names = append(c.names, string(name))
		}
	}
	return model.User{
		ID:    w.User.ID,
		Email: string(w.User.Email),
		Name:  string(cmp.Or(w.User.Name, w.User.Username, w.User.Email)),
		Admin: slices.ContainsFunc(w.Permissions, func(p wirePermission) bool { return p.Permission == "ADMIN" }),
	}, nil
}

// myNames are the names under which Unleash may note that we made something, as
// far as WhoAmI was asked.
func (c *Client) myNames() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.names
}

// Server describes the server. GET /api/admin/ui-config, and of the sign-up page that its links lead to, if that is not
// the instance's own.
func (c *Client) Server(ctx context.Context) (model.Server, error) {
	var w wireServer
	err := c.do(ctx, request{
		method: http.MethodGet,
		path:   "/api/admin/ui-config",
		read: func(content io.Reader) error {
			w = wireServer{}
			return decodeOne(content, c.limits, &w)
		},
	})
	if err != nil {
		return model.Server{}, err
	}
	i := model.Server{
		Name:                 string(w.Name),
		Environment:          string(w.Environment),
		Version:              string(cmp.Or(w.Version, w.VersionInfo.Current.Enterprise, w.VersionInfo.Current.OSS)),
		UnleashURL:           strings.TrimRight(string(w.UnleashURL.address), "/"),
		PasswordAuthDisabled: bool(w.DisablePasswordAuth),
		Maintenance:          bool(w.MaintenanceMode || w.Flags.MaintenanceMode),
	}
	i.SignUpPageMissing = i.UnleashURL != "" && c.signUpPageMissing(ctx, i.UnleashURL)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.unleashURL = i.UnleashURL
	return i, nil
}

// linkBase returns what links begin with: the address that the server itself puts
// there, asked for once, or as long as it won't tell the address of the instance.
func (c *Client) linkBase(ctx context.Context) string {
	c.mu.Lock()
	known := c.unleashURL
	c.mu.Unlock()
	if known == "" {
		instance, _ := c.Server(ctx)
		known = instance.UnleashURL
	}
	return cmp.Or(known, c.BaseURL())
}
