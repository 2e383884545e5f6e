package client

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"
)

func TestAccountsAreReadAndMadeSafe(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"users":[
			{"id":1,"username":"admin","rootRole":1,"createdAt":"2026-01-01T00:00:00Z","seenAt":"2026-11-26T00:00:00Z","scimId":"x"},
			{"id":2,"name":"Eve\u001b[31m","email":"e\u202eve@example.com\u0007","rootRole":null,"createdAt":"2026-11-01T00:00:00Z","seenAt":null,"x":[{}]},
			{"id":3,"name":null,"rootRole":9,"createdAt":"soon"}],
			"rootRoles":[{"id":1,"name":"Ad\u009b31mmin","type":"root"},{"id":3,"name":"Viewer"}]}`)
	})
	got, err := c.Accounts(context.Background())
	if err != nil || got.Total != 3 || len(got.All) != 3 || len(got.Roles) != 2 || got.FetchedAt.IsZero() {
		t.Fatalf("%+v, %v", got, err)
	}
	eve, admin, nobody := got.All[0], got.All[1], got.All[2]
	if eve.ID != 2 || eve.Name != "Eve" || eve.Email != "eve@example.com" || eve.Role.Name != "" || !eve.SeenAt.IsZero() || eve.SCIM {
		t.Errorf("%+v", eve)
	}
	if admin.Role.Name != "Admin" || admin.SeenAt.IsZero() || !admin.SCIM || nobody.ID != 3 || nobody.Role.ID != 9 {
		t.Errorf("%+v, %+v", admin, nobody)
	}
}

// However many accounts strangers make, the newest are kept, and all are counted.
func TestTooManyAccountsAreTheNewest(t *testing.T) {
	const n = 2*accountsLimit + 5
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		out := bufio.NewWriter(w)
		defer out.Flush()
		fmt.Fprint(out, `{"rootRoles":[],"users":[{"id":0}`)
		for i := 1; i < n; i++ {
			fmt.Fprintf(out, `,{"id":%d,"createdAt":%q}`, i, start.Add(time.Duration(i)*time.Second).Format(time.RFC3339))
		}
		fmt.Fprint(out, `]}`)
	}, WithTimeouts(Timeouts{Attempt: time.Minute, Header: time.Minute}))
	got, err := c.Accounts(context.Background())
	if err != nil || got.Total != n || len(got.All) != accountsLimit || got.All[0].ID != n-1 || got.All[accountsLimit-1].ID != n-accountsLimit {
		t.Errorf("%d of %d, %v", len(got.All), got.Total, err)
	}
}

// A list that is larger than what is read is used as far as it was.
func TestAnEndlessListOfAccounts(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		pour(w, `{"users":[{"id":0}`, `,{"id":7,"name":"Ann"}`, 1<<20)
	}, func(c *Client) { c.limits.answer = 512 << 10 })
	got, err := c.Accounts(context.Background())
	if err != nil || !got.Partial || got.Total < 1000 || got.All[0].Name != "Ann" {
		t.Errorf("%d of %d, partial %v, %v", len(got.All), got.Total, got.Partial, err)
	}
}

func TestAccountsAreNotSentTwice(t *testing.T) {
	sent := 0
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `W/"1"`)
		if r.Header.Get("If-None-Match") == `W/"1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		sent++
		fmt.Fprint(w, `{"users":[{"id":1}],"rootRoles":[]}`)
	})
	for range 2 {
		if got, err := c.Accounts(context.Background()); err != nil || len(got.All) != 1 || got.All[0].ID != 1 {
			t.Errorf("%+v, %v", got, err)
		}
	}
	if sent != 1 {
		t.Errorf("sent %d times", sent)
	}
}

func TestAccountsOfAnotherShape(t *testing.T) {
	for _, body := range []string{`{"users":[]}`, `{"rootRoles":[]}`, `{}`, `{"users":[1],"rootRoles":[]}`, `{"users":[{"id":"1"}],"rootRoles":[]}`} {
		c := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) })
		if got, err := c.Accounts(context.Background()); err == nil {
			t.Errorf("%s: %+v", body, got)
		}
	}
}
