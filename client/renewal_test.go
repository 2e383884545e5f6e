package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// guarded is a server that takes one token, and a source that has the next.
type guarded struct {
	mu       sync.Mutex
	valid    string
	refused  int
	accepted []string // methods and bodies
	asked    atomic.Int32
}

func (g *guarded) RoundTrip(r *http.Request) (*http.Response, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	status, answer := http.StatusOK, `{"tokens":[]}`
	body, _ := io.ReadAll(r.Body)
	if r.Header.Get("Authorization") == g.valid {
		g.accepted = append(g.accepted, r.Method+" "+string(body))
	} else {
		g.refused++
		status, answer = http.StatusUnauthorized, `{"id":"1","name":"UnauthorizedError","message":"You must log in to use Unleash."}`
	}
	return &http.Response{
		StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}}, Request: r, ContentLength: -1,
		Body: io.NopCloser(strings.NewReader(answer)),
	}, nil
}

func (g *guarded) accepts(token string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.valid = token
}

// client's source is called "the vault".
func (g *guarded) client(t *testing.T, renew func(context.Context) (string, error)) *Client {
	t.Helper()
	source := TokenSource{Name: "the vault"}
	if renew != nil {
		source.Renew = func(ctx context.Context) (string, error) {
			g.asked.Add(1)
			return renew(ctx)
		}
	}
	return newTestClient(t, "https://flags.acme.io", WithTransport(g), WithTokenSource(source))
}

func gives(token string) func(context.Context) (string, error) {
	return func(context.Context) (string, error) { return token, nil }
}

const renewedToken = "user:fedcba9876543210fedcba9876543210"

func TestARefusedTokenIsRenewedOnce(t *testing.T) {
	g := &guarded{valid: renewedToken}
	c := g.client(t, gives(renewedToken+"\n"))
	for range 2 {
		if _, err := c.Tokens(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if g.refused != 1 || g.asked.Load() != 1 || len(g.accepted) != 2 {
		t.Errorf("refused %d, asked %d, accepted %q", g.refused, g.asked.Load(), g.accepted)
	}
	if shown := c.credential.redact("a " + testToken + " b " + renewedToken); shown != "a [redacted] b [redacted]" {
		t.Error(shown)
	}
}

func TestARefusedWriteIsSentAgainWithTheRenewedToken(t *testing.T) {
	g := &guarded{valid: renewedToken}
	c := g.client(t, gives(renewedToken))
	_ = c.do(t.Context(), request{method: http.MethodPost, path: tokensPath, body: map[string]string{"name": "default"}})
	if len(g.accepted) != 1 || g.accepted[0] != `POST {"name":"default"}` {
		t.Errorf("%q", g.accepted)
	}
}

func TestManyRefusalsAtOnceAskTheSourceOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := &guarded{valid: renewedToken}
		c := g.client(t, func(context.Context) (string, error) {
			time.Sleep(time.Second)
			return renewedToken, nil
		})
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				if _, err := c.Tokens(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if g.asked.Load() != 1 {
			t.Errorf("asked %d times", g.asked.Load())
		}
	})
}

func TestTheErrorNamesTheSource(t *testing.T) {
	for name, test := range map[string]struct {
		renew func(context.Context) (string, error)
		want  string
		asked int32
	}{
		"a variable":     {nil, "Check the token in the vault: it may be mistyped, expired or deleted", 0},
		"the same token": {gives(testToken), "Check the token in the vault, which was asked again: it may be", 1},
		"another that is refused, too": {
			gives("user:1111111111111111"), "Check the token in the vault, which was asked again: it may be", 1,
		},
		"a failure": {
			func(context.Context) (string, error) { return "", errors.New("it is locked\x1b[2J " + testToken) },
			"Asked for a new token, the vault gave none: it is locked [redacted]", 1,
		},
		"no token": {gives("two words"), "Asked for a new token, the vault gave none: the token contains a space", 1},
	} {
		g := &guarded{valid: renewedToken}
		c := g.client(t, test.renew)
		for range 3 { // no loop, and no second question soon
			_, err := c.Tokens(t.Context())
			e, ok := errors.AsType[*Error](err)
			if !ok || e.Status != http.StatusUnauthorized || !strings.HasPrefix(e.Hint(), test.want) {
				t.Errorf("%s: %v, %+v", name, err, e)
			}
		}
		if g.asked.Load() != test.asked || g.refused > 4 {
			t.Errorf("%s: asked %d times, refused %d times", name, g.asked.Load(), g.refused)
		}
	}
}

func TestASourceThatHadNoBetterTokenIsAskedAgainLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := &guarded{valid: renewedToken}
		next := testToken
		c := g.client(t, func(context.Context) (string, error) { return next, nil })
		if _, err := c.Tokens(t.Context()); err == nil {
			t.Fatal("accepted")
		}
		next = renewedToken
		time.Sleep(renewalPause)
		if _, err := c.Tokens(t.Context()); err != nil || g.asked.Load() != 2 {
			t.Errorf("asked %d times: %v", g.asked.Load(), err)
		}
		g.accepts("user:2222222222222222") // one that was good is renewed at once
		next = "user:2222222222222222"
		if _, err := c.Tokens(t.Context()); err != nil || g.asked.Load() != 3 {
			t.Errorf("asked %d times: %v", g.asked.Load(), err)
		}
	})
}

func TestASourceIsAskedAgainAtOnceForAUser(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := &guarded{valid: renewedToken}
		next := testToken
		c := g.client(t, func(context.Context) (string, error) { return next, nil })
		_, _ = c.Tokens(t.Context())
		next = renewedToken
		if _, err := c.Tokens(t.Context()); err == nil || g.asked.Load() != 1 {
			t.Errorf("nobody waits: asked %d times: %v", g.asked.Load(), err)
		}
		c.AskSources()
		if _, err := c.Tokens(t.Context()); err != nil || g.asked.Load() != 2 {
			t.Errorf("asked %d times: %v", g.asked.Load(), err)
		}
	})
}

func TestWhoStopsWaitingStopsTheSource(t *testing.T) {
	g := &guarded{valid: renewedToken}
	began, stopped := make(chan struct{}), make(chan struct{})
	c := g.client(t, func(ctx context.Context) (string, error) {
		close(began)
		<-ctx.Done()
		close(stopped)
		return "", ctx.Err()
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-began; cancel() }()
	if _, err := c.Tokens(ctx); err == nil {
		t.Error("no error")
	}
	<-stopped
}

func TestWhatNeedsNoTokenAsksForNone(t *testing.T) {
	g := &guarded{valid: renewedToken}
	c := g.client(t, gives(renewedToken))
	if _, err := c.Validate(t.Context(), "4d2e566f8ddd78f34cf4929ef54f635d"); err == nil {
		t.Error("no error")
	}
	if g.asked.Load() != 0 {
		t.Error("the source was asked")
	}
}

func TestARenewedTokenIsNotPrinted(t *testing.T) {
	g := &guarded{valid: renewedToken}
	c := g.client(t, gives(renewedToken))
	_, _ = c.Tokens(t.Context())
	if printed := fmt.Sprintf("%#v %+v", c, c); strings.Contains(printed, "fedcba") || strings.Contains(printed, testToken) {
		t.Error(printed)
	}
}

func TestANewTokenIsCheckedBeforeItIsUsed(t *testing.T) {
	valid := testToken
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		permission := "ADMIN"
		switch token := r.Header.Get("Authorization"); {
		case token == "user:viewer-token":
			permission = "NONE"
		case token != valid:
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = io.WriteString(w, `{"id":"1","name":"UnauthorizedError","message":"You must log in to use Unleash."}`)
			return
		}
		_, _ = io.WriteString(w, `{"user":{"id":7,"name":"`+permission+`"},"permissions":[{"permission":"`+permission+`"}],"tokens":[],"version":"8.2.0"}`)
	}, WithTokenSource(TokenSource{Name: "the vault"}))
	ask := func() error { _, err := c.Tokens(t.Context()); return err }
	if _, _, err := c.Renew(t.Context(), "user:wrong-token"); !asError(t, err).TokenRefused() || ask() != nil {
		t.Errorf("a token that is refused took the place of one that is not: %v", err)
	}
	if _, _, err := c.Renew(t.Context(), "user:viewer-token"); asError(t, err).TokenRefused() || ask() != nil {
		t.Errorf("no Admin's: %v", err)
	}
	if _, _, err := c.Renew(t.Context(), "to ken"); err == nil || ask() != nil {
		t.Error("a broken one")
	}
	valid = "user:new-token"
	if err := ask(); !asError(t, err).TokenRefused() {
		t.Errorf("%v", err)
	}
	user, server, err := c.Renew(t.Context(), "user:new-token")
	if err != nil || user.ID != 7 || server.Version != "8.2.0" || ask() != nil {
		t.Errorf("%+v, %+v, %v, then %v", user, server, err, ask())
	}
}
