package client

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"unleash-invite/model"
)

const accountsPath = "/api/admin/user-admin"

// accountsLimit is the most accounts that are kept, the newest ones: strangers with
// a link decide how many there are.
const accountsLimit = 100_000

// taggedAccounts is a list of accounts with the ETag that the server gave it, if any.
type taggedAccounts struct {
	etag string
	list model.Accounts
}

// Accounts lists the instance's accounts, the newest hundred thousand of them, and its
// root roles. GET /api/admin/user-admin, whose ETag saves the answer when it is
// the same as the last. What is returned must not be changed.
func (c *Client) Accounts(ctx context.Context) (model.Accounts, error) {
	c.mu.Lock()
	last, writes := c.accounts, c.writes
	c.mu.Unlock()
	fresh := taggedAccounts{list: model.Accounts{FetchedAt: c.now().Round(0)}}
	asked, began := fresh.list.FetchedAt, time.Now()
	same := last.etag != ""
	err := c.do(ctx, request{
		method: http.MethodGet,
		path:   accountsPath,
		etag:   last.etag,
		read: func(content io.Reader) (err error) {
			fresh.list, err = c.decodeAccounts(content)
			fresh.list.FetchedAt = asked
			if outOfBounds(err) && len(fresh.list.All) > 0 {
				fresh.list.Partial, err = true, nil
			}
			return err
		},
		tagged: func(etag string) { fresh.etag, same = etag, false },
	})
	if err != nil {
		return model.Accounts{}, err
	}
	if same {
		fresh = last
		fresh.list.FetchedAt = asked
	}
	c.mu.Lock()
	if writes == c.writes { // else they may be older than the write
		c.accounts = fresh
	}
	c.mu.Unlock()
	return c.mendAccounts(fresh.list, began), nil
}

// decodeAccounts reads {"users":[…],"rootRoles":[…]} as it comes in, and never holds
// more than twice the accounts that are kept.
func (c *Client) decodeAccounts(content io.Reader) (model.Accounts, error) {
	var list model.Accounts
	dec := newDecoder(content, c.limits)
	err := decodeLists(dec, map[string]func() error{
		"users": func() error {
			return decodeArray(dec, c.limits.commas, func(w wireAccount) error {
				list.All = append(list.All, c.account(w))
				list.Total++
				if len(list.All) == 2*accountsLimit {
					list.All = newest(list.All)
				}
				return nil
			})
		},
		"rootRoles": func() error {
			return decodeArray(dec, fieldsLimit, func(w wireRole) error {
				list.Roles = append(list.Roles, c.role(w))
				return nil
			})
		},
	})
	list.All = newest(list.All)
	names := map[int64]string{}
	for _, r := range list.Roles {
		names[r.ID] = r.Name
	}
	for i := range list.All {
		role := &list.All[i].Role
		role.Name = names[role.ID]
	}
	return list, err
}

// newest sorts accounts, the newest first, and keeps as many as the limit allows.
func newest(all []model.Account) []model.Account {
	slices.SortFunc(all, func(a, b model.Account) int {
		return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), cmp.Compare(b.ID, a.ID))
	})
	return all[:min(len(all), accountsLimit)]
}

// account is the wire's account as the model has it, without the name of its role.
func (c *Client) account(w wireAccount) model.Account {
	return model.Account{
		ID:        w.ID,
		Name:      string(w.Name),
		Username:  string(w.Username),
		Email:     string(w.Email),
		Role:      model.Role{ID: w.RootRole},
		CreatedAt: w.CreatedAt.Time,
		SeenAt:    w.SeenAt.Time,
		SCIM:      w.SCIMID != "",
	}
}

func (c *Client) role(w wireRole) model.Role {
	return model.Role{ID: w.ID, Name: string(w.Name)}
}

// Account fetches one account; its role has no name. GET /api/admin/user-admin/<id>,
// which answers 404 for one that there is not.
func (c *Client) Account(ctx context.Context, id int64) (model.Account, error) {
	var w wireAccount
	err := c.do(ctx, request{
		method: http.MethodGet,
		path:   accountPath(id),
		read: func(content io.Reader) error {
			w = wireAccount{}
			err := decodeOne(content, c.limits, &w)
			if err == nil && w.ID != id {
				err = errShape
			}
			return err
		},
	})
	if err != nil {
		return model.Account{}, err
	}
	return c.account(w), nil
}

func accountPath(id int64) string { return fmt.Sprint(accountsPath, "/", id) }

// AccountsRequest is that of a look at all accounts.
func (c *Client) AccountsRequest() model.Request {
	return c.described(request{method: http.MethodGet, path: accountsPath})
}
