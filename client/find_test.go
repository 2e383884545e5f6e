package client

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"unleash-invite/model"
)

// site is a web server that has Unleash below a path, and something else elsewhere.
type site struct {
	base  string // of Unleash
	other http.HandlerFunc
	mu    sync.Mutex
	asked []string
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.asked = append(s.asked, r.Method+" "+r.URL.String()+" "+r.Header.Get("Authorization"))
	s.mu.Unlock()
	if r.URL.Path == s.base+"/health" {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"health":"GOOD"}`)
		return
	}
	s.other(w, r)
}

func page(w http.ResponseWriter, _ *http.Request) {
	fmt.Fprint(w, "<!DOCTYPE html><title>Unleash</title>")
}

func startSite(t *testing.T, base string, other http.HandlerFunc) (*site, string) {
	t.Helper()
	s := &site{base: base, other: other}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s, strings.TrimPrefix(server.URL, "http://")
}

func TestFindTriesTheVariants(t *testing.T) {
	for base, ways := range map[string][]string{
		"":         {"", "/", "/login", "/api", "/api/", "/admin/users", "/new-user?invite=0123", "/projects/default/features/a%2Fb?x#y"},
		"/eu/acme": {"/eu/acme", "/eu/acme/", "/eu/acme/api/", "/eu/acme/login", "/eu/acme/new-user?invite=0123"},
		"/unleash": {"", "/unleash/login", "/unleash"},
	} {
		for _, other := range []http.HandlerFunc{page, http.NotFound} {
			s, host := startSite(t, base, other)
			for _, way := range ways {
				for _, scheme := range []string{"", "http://", "https://"} { // this machine may be asked without TLS
					got, err := Find(t.Context(), scheme+host+way)
					if want := "http://" + host + base; err != nil || got.Address != want {
						t.Errorf("%s%s: %+v, %v, want %s", scheme, way, got, err, want)
					}
				}
			}
			for _, asked := range s.asked {
				if strings.Contains(asked, "0123") || !strings.HasPrefix(asked, "GET ") || !strings.HasSuffix(asked, " ") {
					t.Errorf("asked for %s", asked)
				}
			}
		}
	}
}

// wantFind checks what Find says of an address that is not Unleash's.
func wantFind(t *testing.T, address, sentence, hint string, opts ...Option) {
	t.Helper()
	got, err := Find(t.Context(), address, opts...)
	var e *Error
	if !errors.As(err, &e) || !strings.Contains(e.Error(), sentence) || !strings.Contains(e.Hint(), hint) {
		t.Errorf("%s: %+v, %v; %v", address, got, err, e)
	}
}

func TestFindSaysWhatIsThere(t *testing.T) {
	at := func(handler http.HandlerFunc) string {
		_, host := startSite(t, "/nowhere", handler)
		return "http://" + host
	}
	wantFind(t, at(page)+"/x", "no Unleash answers at 127.0.0.1", "Admin UI opens")
	wantFind(t, at(page), "answered with a web page", "Admin UI opens")
	wantFind(t, at(http.NotFound), "404 Not Found", "Admin UI opens")
	wantFind(t, at(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"status":"UP"}`) }), "does not look like an answer from Unleash", "Admin UI")
	wantFind(t, at(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }), "502 Bad Gateway", "Try again")
	wantFind(t, at(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://login.acme.example/sso?x=1", http.StatusFound)
	}), "redirects to https://login.acme.example/sso,", "sign-in page")
	wantFind(t, at(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://new.acme.example"+r.URL.Path, http.StatusMovedPermanently)
	}), "redirects to https://new.acme.example/health,", "give its address")
	wantFind(t, at(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/login", http.StatusFound)
	}), "/login, which was not followed", "sign-in page")
	wantFind(t, at(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Path, http.StatusFound)
	}), "which was not followed", "")
}

func TestFindSaysWhyNothingAnswers(t *testing.T) {
	unused := httptest.NewServer(nil)
	unused.Close()
	wantFind(t, unused.URL, "connection refused", "that Unleash is running there")
	wantFind(t, "https://no-such-host.invalid", "there is no host called no-such-host.invalid", "Check the address")
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = silent.Close() })
	wantFind(t, silent.Addr().String(), "did not answer in time", "Check the network",
		WithTimeouts(Timeouts{TLS: 100 * time.Millisecond, Header: 100 * time.Millisecond}))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var e *Error
	if _, err := Find(ctx, silent.Addr().String()); !errors.As(err, &e) || e.Kind != KindCanceled {
		t.Error(err)
	}
}

func startTLSSite(t *testing.T, base string) (server *httptest.Server, trusting Option) {
	t.Helper()
	server = httptest.NewUnstartedServer(&site{base: base, other: page})
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server, WithTransport(server.Client().Transport)
}

func TestFindWithTLS(t *testing.T) {
	server, trusting := startTLSSite(t, "/eu")
	host := strings.TrimPrefix(server.URL, "https://")
	for _, address := range []string{host, "https://" + host + "/login", "http://" + host + "/eu"} { // a plain question of a TLS port
		if got, err := Find(t.Context(), address, trusting); err != nil || got.Address != server.URL+"/eu" {
			t.Errorf("%s: %+v, %v", address, got, err)
		}
	}
	wantFind(t, host, "signed by an authority that this computer doesn't know", "SSL_CERT_FILE")
	strict, ok := server.Client().Transport.(*http.Transport)
	if !ok {
		t.Fatal("not a transport")
	}
	strict = strict.Clone()
	strict.TLSClientConfig.ServerName = "flags.acme.io"
	wantFind(t, host, "is for another host name", "Check the address", WithTransport(strict))
	old := strict.Clone()
	old.TLSClientConfig = &tls.Config{MaxVersion: tls.VersionTLS10, MinVersion: tls.VersionTLS10}
	wantFind(t, host, "", "TLS versions", WithTransport(old))
}

// TestFindNeverLeavesTLSForPlainHTTP has a host of the internet, by a transport that leads here.
func TestFindNeverLeavesTLSForPlainHTTP(t *testing.T) {
	server, _ := startTLSSite(t, "")
	plain, plainHost := startSite(t, "", page)
	leading := &http.Transport{DialContext: func(ctx context.Context, _, address string) (net.Conn, error) {
		to := plainHost
		if strings.HasSuffix(address, ":443") {
			to = strings.TrimPrefix(server.URL, "https://")
		}
		return (&net.Dialer{}).DialContext(ctx, "tcp", to)
	}}
	for _, address := range []string{"flags.acme.io", "https://flags.acme.io"} {
		wantFind(t, address, "certificate", "Check the address", WithTransport(leading))
	}
	if len(plain.asked) > 0 {
		t.Errorf("asked without TLS: %v", plain.asked)
	}
	server.Close() // now https is not there
	if got, err := Find(t.Context(), "flags.acme.io", WithTransport(leading)); err != nil || got != (model.Found{Address: "http://flags.acme.io", Insecure: true}) {
		t.Errorf("%+v, %v", got, err)
	}
	wantFind(t, "https://flags.acme.io", "connection refused", "", WithTransport(leading)) // https was asked for
}

func TestFindFollowsARedirectToHTTPS(t *testing.T) {
	server, trusting := startTLSSite(t, "")
	port := server.URL[strings.LastIndexByte(server.URL, ':'):]
	_, host := startSite(t, "/nowhere", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://127.0.0.1"+port+r.URL.Path, http.StatusMovedPermanently)
	})
	if got, err := Find(t.Context(), "http://"+host, trusting); err != nil || got != (model.Found{Address: server.URL, Guessed: true}) { // another port
		t.Errorf("%+v, %v", got, err)
	}
}

func TestSignIn(t *testing.T) {
	answers := map[string]string{
		"admin":  `{"user":{"username":"ann"},"permissions":[{"permission":"ADMIN"}]}`,
		"viewer": `{"user":{"username":"vera\u001b[31m"},"permissions":[]}`,
	}
	c := func(token string) *Client {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			switch answer := answers[r.Header.Get("Authorization")]; {
			case r.Header.Get("Authorization") == "sdk":
				w.WriteHeader(http.StatusForbidden)
				fmt.Fprint(w, `{"message":"invalid token: expected a different token type for this endpoint"}`)
			case answer == "":
				w.WriteHeader(http.StatusUnauthorized)
				fmt.Fprint(w, `{"id":"1","name":"UnauthorizedError","message":"You must log in to use Unleash."}`)
			case strings.HasSuffix(r.URL.Path, "/ui-config"):
				fmt.Fprint(w, `{"version":"8.2.0"}`)
			default:
				fmt.Fprint(w, answer)
			}
		}))
		t.Cleanup(server.Close)
		made, err := New(server.URL, token)
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	user, instance, err := c("admin").SignIn(t.Context())
	if err != nil || user.Name != "ann" || !user.Admin || instance.Version != "8.2.0" {
		t.Errorf("%+v, %+v, %v", user, instance, err)
	}
	for token, want := range map[string][2]string{
		"viewer": {"its user vera is not an Admin there", "root role Admin"},
		"sdk":    {"403 Forbidden: invalid token", "client or frontend token"},
		"old":    {"401 Unauthorized", "mistyped, expired or deleted"},
	} {
		_, _, err := c(token).SignIn(t.Context())
		var e *Error
		if !errors.As(err, &e) || !strings.Contains(e.Error(), want[0]) || !strings.Contains(e.Hint(), want[1]) {
			t.Errorf("%s: %v; %v", token, err, e)
		}
	}
}
