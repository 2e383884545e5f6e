package client_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"unleash-invite/client"
	"unleash-invite/demo"
	"unleash-invite/model"
)

// crowd is an instance whose link five people joined by, and a client whose requests
// can be tampered with.
type crowd struct {
	server *demo.Server
	client *client.Client
	tamper func(r *http.Request, send func() (*http.Response, error)) (*http.Response, error)
	joined []model.Account
}

func (c *crowd) RoundTrip(r *http.Request) (*http.Response, error) {
	send := func() (*http.Response, error) { return c.server.Transport().RoundTrip(r) }
	if c.tamper == nil {
		return send()
	}
	return c.tamper(r, send)
}

func newCrowd(t *testing.T) *crowd {
	t.Helper()
	link := demo.Link{Name: "default", ExpiresAt: time.Now().AddDate(0, 0, 7), Joined: []string{"Ann", "Bob", "Carol", "Dana", "Emil"}}
	c := &crowd{server: demo.New(demo.Options{Links: []demo.Link{link}})}
	t.Cleanup(c.server.Close)
	var err error
	c.client, err = client.New(c.server.URL(), demo.AdminToken, client.WithTransport(c), client.WithTimeouts(client.Timeouts{
		Backoff: time.Millisecond, LookAgain: 5 * time.Millisecond,
	}))
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range model.JoinedAccounts(c.look(t)) {
		c.joined = append(c.joined, j.Account)
	}
	return c
}

func (c *crowd) look(t *testing.T) (model.Links, model.Accounts) {
	t.Helper()
	links, err := c.client.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	accounts, err := c.client.Accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return links, accounts
}

// left are the ids of those of the crowd whose accounts are there.
func (c *crowd) left(t *testing.T) map[int64]bool {
	t.Helper()
	left := map[int64]bool{}
	for _, j := range model.JoinedAccounts(c.look(t)) {
		left[j.ID] = true
	}
	return left
}

func kindOf(err error) client.Kind {
	if e, ok := errors.AsType[*client.Error](err); ok {
		return e.Kind
	}
	return 0
}

var errLine = errors.New("the line was cut")

// Cutting the line at any request, for that one or for good, before or after it
// was served, leaves exactly what is told, and the rest can be removed afterwards.
func TestALineCutAtEachRequestOfRemovals(t *testing.T) {
	for k := range 10 {
		for _, served := range []bool{false, true} {
			for _, forGood := range []bool{false, true} {
				t.Run(fmt.Sprint(k, " served ", served, " for good ", forGood), func(t *testing.T) {
					c := newCrowd(t)
					cutAt(c, k, served, forGood)
					got := c.client.RemoveAccounts(t.Context(), c.joined[:3], func(model.Removal) {})
					c.tamper = nil
					c.agrees(t, got)
					again := c.client.RemoveAccounts(t.Context(), model.Left(got), func(model.Removal) {})
					if len(model.Left(again)) > 0 || len(c.left(t)) != 2 {
						t.Errorf("then %+v, and %v are left", again, c.left(t))
					}
				})
			}
		}
	}
}

func cutAt(c *crowd, k int, served, forGood bool) {
	var mu sync.Mutex
	n := -1
	c.tamper = func(_ *http.Request, send func() (*http.Response, error)) (*http.Response, error) {
		mu.Lock()
		n++
		cut := n == k || forGood && n > k
		mu.Unlock()
		if !cut {
			return send()
		}
		if served {
			if resp, err := send(); err == nil {
				_ = resp.Body.Close()
			}
		}
		return nil, errLine
	}
}

// agrees checks what was told against the server.
func (c *crowd) agrees(t *testing.T, got []model.Removal) {
	t.Helper()
	left := c.left(t)
	for _, r := range got {
		if r.State == model.Removing || r.State == model.Removed && left[r.Account.ID] || r.State == model.NotRemoved && !left[r.Account.ID] {
			t.Errorf("%s: state %d, %v; but there: %v", r.Account.Name, r.State, r.Err, left[r.Account.ID])
		}
		if r.State != model.Removed && r.Err == nil {
			t.Errorf("%s: state %d, and no reason", r.Account.Name, r.State)
		}
	}
}

func TestRemovalsAreToldOneByOne(t *testing.T) {
	c := newCrowd(t)
	ctx, requests := c.client.Record(t.Context())
	told := map[int64][]model.RemovalState{}
	got := c.client.RemoveAccounts(ctx, c.joined, func(r model.Removal) {
		told[r.Account.ID] = append(told[r.Account.ID], r.State)
	})
	for i, r := range got {
		if states := fmt.Sprint(told[r.Account.ID]); r.Account != c.joined[i] || r.State != model.Removed || states != "[1 2]" {
			t.Errorf("%+v, told %s", r, states)
		}
	}
	if sent := requests(); len(sent) != 5 || sent[0].Method != http.MethodDelete || !sent[0].Authorized {
		t.Errorf("recorded %+v", sent)
	}
}

func TestRemovalsThatAreRefused(t *testing.T) {
	refuse := func(status int, body string) func(*http.Request, func() (*http.Response, error)) (*http.Response, error) {
		return func(r *http.Request, send func() (*http.Response, error)) (*http.Response, error) {
			if r.Method != http.MethodDelete {
				return send()
			}
			return answerOf(r, status, body), nil
		}
	}
	for name, test := range map[string]struct {
		status      int
		body        string
		says, hint  string
		maintenance bool
		all         bool // are tried, as the others may fare better
	}{
		"SCIM":            {403, `{"id":"1","name":"ForbiddenError","message":"This user is managed by your SCIM provider"}`, "SCIM", "identity provider", false, true},
		"no right":        {403, `{"id":"1","name":"PermissionError","message":"No"}`, "No", "", false, false},
		"maintenance":     {503, `{"message":"Unleash is currently in maintenance mode."}`, "maintenance mode", "still sign up", true, false},
		"another's 404":   {404, `{"name":"NotFoundError","message":"The path you were looking for is not available."}`, "not available", "", false, false},
		"a gateway's 404": {404, `<html>`, "web page", "", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCrowd(t)
			c.tamper = refuse(test.status, test.body)
			begun := 0
			got := c.client.RemoveAccounts(t.Context(), c.joined, func(r model.Removal) {
				if r.State == model.Removing {
					begun++
				}
			})
			if len(model.Left(got)) != 5 || (begun == 5) != test.all {
				t.Errorf("%d begun, %+v", begun, got)
			}
			e, ok := errors.AsType[*client.Error](got[0].Err)
			if !ok || e.Kind != client.KindNotDone || !strings.Contains(e.Error(), test.says) || !strings.Contains(e.Hint(), test.hint) ||
				e.Maintenance() != test.maintenance {
				t.Errorf("%v; %s", e, e.Hint())
			}
			c.tamper = nil
			c.agrees(t, got)
		})
	}
}

func answerOf(r *http.Request, status int, body string) *http.Response {
	return &http.Response{
		StatusCode: status, Request: r, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)),
	}
}

func TestRivalsWhoRemoveTheSameAccount(t *testing.T) {
	c := newCrowd(t)
	rival := newRival(t, c)
	c.tamper = func(r *http.Request, send func() (*http.Response, error)) (*http.Response, error) {
		if r.Method == http.MethodDelete { // after the check, and before ours
			if err := rival.RemoveAccount(context.Background(), c.joined[0]); err != nil {
				t.Error(err)
			}
		}
		return send()
	}
	err := c.client.RemoveAccount(t.Context(), c.joined[0])
	e, ok := errors.AsType[*client.Error](err)
	if !ok || e.Kind != client.KindRemovedBefore || !e.Done() {
		t.Errorf("%v", err)
	}
	if err := c.client.ChangeRole(t.Context(), c.joined[0], model.Role{ID: 2}); kindOf(err) != client.KindChanged {
		t.Errorf("the role of an account that is gone: %v", err)
	}
}

func newRival(t *testing.T, c *crowd) *client.Client {
	t.Helper()
	rival, err := client.New(c.server.URL(), demo.AdminToken, client.WithTransport(c.server.Transport()))
	if err != nil {
		t.Fatal(err)
	}
	return rival
}

// A look that is older than the removal does not make it one that failed.
func TestARemovalThatShowsLate(t *testing.T) {
	c := newCrowd(t)
	deleted, looks := false, 0
	c.tamper = func(r *http.Request, send func() (*http.Response, error)) (*http.Response, error) {
		deleted = deleted || r.Method == http.MethodDelete
		if deleted && r.Method == http.MethodGet {
			if looks++; looks <= 3 {
				body := fmt.Sprintf(`{"id":%d,"email":%q}`, c.joined[0].ID, c.joined[0].Email)
				return answerOf(r, http.StatusOK, body), nil
			}
		}
		return send()
	}
	if err := c.client.RemoveAccount(t.Context(), c.joined[0]); err != nil || looks != 4 {
		t.Errorf("%v after %d looks", err, looks)
	}
}
