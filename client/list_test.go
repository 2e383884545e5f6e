package client

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"
)

func TestAccountsTellWhenPeopleJoined(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != accountsPath {
			t.Errorf("asked for %q", r.URL)
		}
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"users":[{"id":3,"createdAt":"2026-11-23T15:53:34.732Z"},{"id":2,"createdAt":null}],"rootRoles":[]}`)
	})
	accounts, err := c.Accounts(context.Background())
	times := map[int64]time.Time{}
	for _, a := range accounts.All {
		times[a.ID] = a.CreatedAt
	}
	want := time.Date(2026, 11, 23, 15, 53, 34, 732e6, time.UTC)
	if err != nil || len(times) != 2 || !times[3].Equal(want) || !times[2].IsZero() {
		t.Errorf("%v, %v", times, err)
	}
}

func TestTheSameListIsNotSentTwice(t *testing.T) {
	etag, lists, same := `W/"1"`, 0, 0
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("ETag", etag)
		if r.Header.Get("If-None-Match") == etag {
			same++
			w.WriteHeader(http.StatusNotModified)
			return
		}
		lists++
		fmt.Fprintf(w, `{"tokens":[{"secret":"s%d","name":"n","url":"https://flags.acme.io/x","enabled":true}]}`, lists)
	})
	secretOf := func() string {
		t.Helper()
		tokens, err := c.Tokens(context.Background())
		if err != nil || len(tokens) != 1 {
			t.Fatalf("%+v, %v", tokens, err)
		}
		secret := tokens[0].Secret
		tokens[0].Secret = "changed by the caller"
		return secret
	}
	if a, b := secretOf(), secretOf(); a != "s1" || b != "s1" || same != 1 {
		t.Errorf("%q and %q, %d times the same", a, b, same)
	}
	etag = `W/"2"`
	if a, b := secretOf(), secretOf(); a != "s2" || b != "s2" || lists != 2 || same != 2 {
		t.Errorf("after a change: %q and %q, %d lists, %d times the same", a, b, lists, same)
	}
	etag = "bad etag\t"
	if a, b := secretOf(), secretOf(); a != "s3" || b != "s4" {
		t.Errorf("with an ETag that can't be sent back: %q and %q", a, b)
	}
}

func TestACutOffListIsNotTakenForTheLast(t *testing.T) {
	calls := 0
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		calls++
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("ETag", `W/"1"`)
		switch calls {
		case 1:
			fmt.Fprint(w, `{"tokens":[{"secret":"a","url":"http://h/a","enabled":true},{"secret":"b","url":"http://h/b","enabled":true}]}`)
		case 2: // another list, cut off
			w.Header().Set("ETag", `W/"2"`)
			fmt.Fprint(w, `{"tokens":[{"secret":"c","enabled":true},`)
		default:
			w.WriteHeader(http.StatusNotModified)
		}
	})
	for range 2 {
		tokens, err := c.Tokens(context.Background())
		if err != nil || len(tokens) != 2 || tokens[0].Secret != "a" {
			t.Errorf("call %d: %+v, %v", calls, tokens, err)
		}
	}
	if calls != 3 {
		t.Errorf("%d calls", calls)
	}
}

func TestALinkBaseThatIsLearntLateIsUsed(t *testing.T) {
	known := false
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("ETag", `W/"1"`)
		switch {
		case r.URL.Path != "/api/admin/ui-config" && r.Header.Get("If-None-Match") != "":
			w.WriteHeader(http.StatusNotModified)
		case r.URL.Path != "/api/admin/ui-config":
			fmt.Fprint(w, `{"tokens":[{"secret":"a","url":null,"enabled":true}]}`)
		case known:
			fmt.Fprint(w, `{"version":"8.2.0","unleashUrl":"https://public.acme.io"}`)
		default:
			w.WriteHeader(http.StatusForbidden)
		}
	})
	for _, want := range []string{c.BaseURL() + "/new-user?invite=a", "https://public.acme.io/new-user?invite=a"} {
		tokens, err := c.Tokens(context.Background())
		if err != nil || tokens[0].URL != want {
			t.Errorf("%+v, %v, want %s", tokens, err, want)
		}
		known = true
	}
}
