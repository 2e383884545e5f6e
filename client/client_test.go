package client

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"
)

const testToken = "user:0123456789abcdef0123456789abcdef"

// quick are timeouts for tests.
var quick = Timeouts{
	Dial: time.Second, TLS: time.Second, Header: time.Second, Attempt: 2 * time.Second,
	Backoff: time.Millisecond, Look: 2 * time.Second, LookAgain: 10 * time.Millisecond,
	Settle: 100 * time.Millisecond, Grace: time.Second,
}

func newTestClient(t *testing.T, base string, opts ...Option) *Client {
	t.Helper()
	c, err := New(base, testToken, append([]Option{WithTimeouts(quick)}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// serve starts a server and a client for it.
func serve(t *testing.T, handler http.HandlerFunc, opts ...Option) *Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return newTestClient(t, server.URL, opts...)
}

func TestNewAddress(t *testing.T) {
	tests := map[string]string{
		"https://flags.acme.io":            "https://flags.acme.io",
		"https://flags.acme.io/":           "https://flags.acme.io",
		"https://flags.acme.io//":          "https://flags.acme.io",
		"https://flags.acme.io/api":        "https://flags.acme.io",
		"https://flags.acme.io/api/":       "https://flags.acme.io",
		"https://flags.acme.io/base":       "https://flags.acme.io/base",
		"https://flags.acme.io/base/api//": "https://flags.acme.io/base",
		"https://flags.acme.io/rapi":       "https://flags.acme.io/rapi",
		"https://flags.acme.io/a%2Fb/":     "https://flags.acme.io/a%2Fb",
		"HTTP://127.0.0.1:4242":            "http://127.0.0.1:4242",
		"http://[::1]:4242/":               "http://[::1]:4242",
		" https://flags.acme.io\n":         "https://flags.acme.io", //nolint:gocritic // the space is the case
	}
	for in, want := range tests {
		c, err := New(in, testToken)
		if err != nil || c.BaseURL() != want {
			t.Errorf("New(%q): %v, %v, want %q", in, c, err, want)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	tests := map[string]struct{ base, token, want string }{
		"empty":           {"", testToken, "is empty"},
		"spaces":          {"  ", testToken, "is empty"},
		"no scheme":       {"flags.acme.io/hunter2", testToken, "must begin with https://"},
		"host and port":   {"localhost:4242", testToken, "must begin with https://"},
		"other scheme":    {"ftp://flags.acme.io/hunter2", testToken, "must begin with https://"},
		"no host":         {"https:///hunter2", testToken, "no host"},
		"a port alone":    {"https://:4242", testToken, "no host"},
		"userinfo":        {"https://ann:hunter2@flags.acme.io", testToken, "user name or password"},
		"broken userinfo": {"https://ann:hunter2%ss@flags.acme.io", testToken, "malformed"},
		"query":           {"https://flags.acme.io/?a=hunter2", testToken, "query"},
		"empty query":     {"https://flags.acme.io/?", testToken, "query"},
		"fragment":        {"https://flags.acme.io/#hunter2", testToken, "fragment"},
		"empty fragment":  {"https://flags.acme.io/#", testToken, "fragment"},
		"bad port":        {"https://flags.acme.io:hunter2", testToken, "malformed"},
		"escape sequence": {"https://flags.acme.io/\x1b[31mhunter2", testToken, "characters"},
		"bidi":            {"https://flags\u202eacme.io/hunter2", testToken, "characters"},
		"no token":        {"https://flags.acme.io", "", "token is empty"},
		"line break":      {"https://flags.acme.io", "hunter2\n", "line break"},
		"injected header": {"https://flags.acme.io", "hunter2\r\nX: y", "line break"},
		"Bearer":          {"https://flags.acme.io", "Bearer hunter2", "space"},
		"not ASCII":       {"https://flags.acme.io", "hunter2é", "character"},
	}
	for name, test := range tests {
		c, err := New(test.base, test.token)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: New gave %v, %v, want an error with %q", name, c, err, test.want)
			continue
		}
		if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: the error repeats what may be secret: %v", name, err)
		}
	}
}

func TestCredentialIsNotPrinted(t *testing.T) {
	c := newTestClient(t, "https://flags.acme.io")
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		for _, v := range []any{c, reflect.ValueOf(c).Elem(), c.credential, []any{c.credential}} {
			printed := fmt.Sprintf(verb, v)
			if strings.Contains(printed, testToken) || strings.Contains(printed, fmt.Sprintf("%x", testToken)) {
				t.Errorf("%s of %T prints the credential: %s", verb, v, printed)
			}
		}
	}
}

func TestHeaders(t *testing.T) {
	var got []*http.Request
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r)
		fmt.Fprint(w, `{"tokens":[]}`)
	}, WithVersion("1.2.3\r\n"))
	_, _ = c.Tokens(context.Background())
	_, _ = c.Validate(context.Background(), "abc")
	if len(got) != 2 {
		t.Fatalf("%d requests, want 2", len(got))
	}
	if h := got[0].Header; h.Get("Authorization") != testToken || h.Get("User-Agent") != "unleash-invite/1.2.3" ||
		h.Get("Accept") != "application/json" {
		t.Errorf("headers of a call: %v", h)
	}
	if h, sent := got[1].Header["Authorization"]; sent {
		t.Errorf("the credential was sent to /validate: %v", h)
	}
}

func TestOwnTransport(t *testing.T) {
	c, err := New("https://flags.acme.io", testToken)
	if err != nil {
		t.Fatal(err)
	}
	tr := c.transport.(*network).current
	if tr.TLSClientConfig.InsecureSkipVerify || tr.TLSClientConfig.MinVersion != tls.VersionTLS12 {
		t.Error("TLS is not verified, or older than 1.2")
	}
	if tr.Proxy == nil || tr.HTTP2.SendPingTimeout == 0 || tr.HTTP2.PingTimeout == 0 || tr.TLSClientConfig.ClientSessionCache == nil || tr.TLSHandshakeTimeout == 0 || !tr.ForceAttemptHTTP2 {
		t.Errorf("proxy, a timeout, session resumption or HTTP/2 is missing: %+v", tr)
	}
}

func TestWithTimeoutsKeepsDefaults(t *testing.T) {
	c, err := New("https://flags.acme.io", testToken, WithTimeouts(Timeouts{Look: time.Minute}))
	if err != nil {
		t.Fatal(err)
	}
	want := defaultTimeouts()
	want.Look = time.Minute
	if c.timeouts != want {
		t.Errorf("timeouts %+v, want %+v", c.timeouts, want)
	}
}
