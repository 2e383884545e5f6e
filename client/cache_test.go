package client

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
)

// tagging is an Unleash whose list always has one ETag. It notes the If-None-Match of each request for it.
type tagging struct {
	asked   []string
	control []string // the Cache-Control of each
	list    func()   // called while one is under way
}

func (s *tagging) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		fmt.Fprint(w, `{"secret":"a","enabled":false}`)
		return
	}
	s.asked = append(s.asked, r.Header.Get("If-None-Match"))
	s.control = append(s.control, r.Header.Get("Cache-Control"))
	if s.list != nil {
		s.list()
	}
	w.Header().Set("ETag", `"1"`)
	if r.Header.Get("If-None-Match") != "" {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	fmt.Fprint(w, `{"tokens":[]}`)
}

// A list asked for after a write is fetched whole: a cache might take the ETag for its own.
func TestTheETagIsDroppedAfterAWrite(t *testing.T) {
	s := &tagging{}
	c := serve(t, s.ServeHTTP)
	steps := []func() error{
		func() error { _, err := c.Tokens(t.Context()); return err },
		func() error { _, err := c.Tokens(t.Context()); return err },
		func() error { return c.Delete(t.Context(), "a") },
		func() error { _, err := c.Tokens(t.Context()); return err },
	}
	for i, step := range steps {
		if err := step(); err != nil {
			t.Fatal(i, err)
		}
	}
	if got := fmt.Sprintf("%q", s.asked); got != `["" "\"1\"" ""]` {
		t.Error(got)
	}
	if got := fmt.Sprint(s.control); got != "[no-cache max-age=0 no-cache]" { // no cache is to answer either of the two
		t.Error(got)
	}
}

// What a cache kept is no answer, whatever was asked for.
func TestNoReadIsAnsweredByACache(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Age", "40")
		fmt.Fprint(w, `{"tokens":[],"users":[],"rootRoles":[],"user":{"name":"Ann"},"secret":"a","enabled":true,"version":"8.2.0"}`)
	})
	reads := map[string]func() error{
		"all links":  func() error { _, err := c.Tokens(t.Context()); return err },
		"one link":   func() error { _, err := c.Token(t.Context(), "a"); return err },
		"accounts":   func() error { _, err := c.Accounts(t.Context()); return err },
		"who I am":   func() error { _, err := c.WhoAmI(t.Context()); return err },
		"the server": func() error { _, err := c.Server(t.Context()); return err },
	}
	for what, read := range reads {
		if e := asError(t, read()); e.Kind != KindBadResponse || !strings.Contains(e.Error(), "a cache answered, not the server") {
			t.Errorf("%s: kind %d, %v", what, e.Kind, e)
		}
	}
}

// A list that was under way during a write does not put its ETag back.
func TestAListFromBeforeAWriteLeavesNoETag(t *testing.T) {
	s := &tagging{}
	c := serve(t, s.ServeHTTP)
	s.list = func() {
		s.list = nil
		if err := c.Delete(t.Context(), "a"); err != nil {
			t.Error(err)
		}
	}
	for range 2 {
		if _, err := c.Tokens(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if got := fmt.Sprintf("%q", s.asked); got != `["" ""]` {
		t.Error(got)
	}
}

// A cache that could not reach the server is asked again, whatever Age its error has.
func TestACachedFailureIsTriedAgain(t *testing.T) {
	var tried atomic.Int32
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		if tried.Add(1) == 1 {
			w.Header().Set("Age", "40")
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		fmt.Fprint(w, `{"tokens":[]}`)
	})
	if _, err := c.Tokens(t.Context()); err != nil || tried.Load() != 2 {
		t.Errorf("tried %d times: %v", tried.Load(), err)
	}
}
