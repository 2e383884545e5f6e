package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// asError is the *Error that every failed call must give.
func asError(t *testing.T, err error) *Error {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("got %#v, want an *Error", err)
	}
	if e.Error() == "" || strings.HasSuffix(e.Error(), ".") || strings.Contains(e.Error()+e.Hint(), testToken) {
		t.Errorf("not a sentence, or with the credential in it: %q, %q", e.Error(), e.Hint())
	}
	for inner := err; inner != nil; inner = errors.Unwrap(inner) {
		if strings.Contains(inner.Error(), testToken) {
			t.Errorf("a cause holds the credential: %v", inner)
		}
	}
	if clean(e.Error(), 2000) != e.Error() || clean(e.Hint(), 2000) != e.Hint() {
		t.Errorf("not safe to print: %q, %q", e.Error(), e.Hint())
	}
	return e
}

// The error bodies of the servers from 4.19.5 to 8.2.0, and of what stands before them.
func TestRefusals(t *testing.T) {
	const notAdmin = "This token's user isn't an Admin"
	tests := map[string]struct {
		status         int
		contentType    string
		body           string
		name, sentence string
		hint           string
	}{
		"401 of 8.x without a header": {401, "application/json",
			`{"id":"x","name":"AuthenticationRequired","message":"You must log in to use Unleash. Your request had no authorization header.","details":[{"message":"You must log in to use Unleash. Your request had no authorization header."}],"path":"/auth/simple/login","type":"password"}`,
			"AuthenticationRequired", "401 Unauthorized: You must log in to use Unleash. Your request had no authorization header", "Check the token"},
		"401 of 8.x": {401, "application/json; charset=utf-8",
			`{"id":"x","name":"UnauthorizedError","message":"You must log in to use Unleash.","details":[{"message":"You must log in to use Unleash."}]}`,
			"UnauthorizedError", "401 Unauthorized: You must log in to use Unleash", "Check the token"},
		"401 of 4.x": {401, "application/json",
			`{"type":"password","path":"/auth/simple/login","message":"You must sign in order to use Unleash","defaultHidden":false}`,
			"", "401 Unauthorized: You must sign in order to use Unleash", "Check the token"},
		"401 of 4.x in plain text": {401, "text/plain", "Unauthorized", "", "401 Unauthorized", "Check the token"},
		"400 of 5.x and up": {400, "application/json",
			`{"id":"x","name":"BadDataError","message":"Request validation failed: your request body or params contain invalid data. Refer to the ` + "`details`" + ` list for more information.","details":[{"message":"The ` + "`/body/expiresAt`" + ` property must match format \"date-time\". You sent \"garbage\".","path":"/body/expiresAt"}]}`,
			"BadDataError", "400 Bad Request: The `/body/expiresAt` property must match format \"date-time\". You sent \"garbage\"", "Check what was entered"},
		"400 of 4.x": {400, "application/json",
			`{"error":"Request validation failed","validation":[{"dataPath":".body.expiresAt","message":"should match format \"date-time\""}]}`,
			"", `400 Bad Request: expiresAt should match format "date-time"`, "Check what was entered"},
		"400 with nothing": {400, "", "", "", "400 Bad Request: the server gave no reason", "Check what was entered"},
		"403 of 5.x and up": {403, "application/json",
			`{"id":"x","name":"PermissionError","message":"You don't have the required permissions to perform this operation. To perform this action, you need the \"ADMIN\" permission.","details":[{"message":"You don't have the required permissions to perform this operation. To perform this action, you need the \"ADMIN\" permission."}],"permissions":["ADMIN"]}`,
			"PermissionError", `403 Forbidden: You don't have the required permissions to perform this operation. To perform this action, you need the "ADMIN" permission`, notAdmin},
		"403 of 4.x": {403, "application/json", `{"permission":"ADMIN","message":"You need permission=ADMIN to perform this action"}`,
			"", "403 Forbidden: You need permission=ADMIN to perform this action", notAdmin},
		"403 of a gateway": {403, "text/html", "<html>Forbidden</html>",
			"", "403 Forbidden: a firewall or sign-in page in front of it refused the request, not Unleash", "The token is not the cause"},
		"404 of a token, 5.x and up": {404, "application/json",
			`{"name":"NotFoundError","message":"Could not find public signup token.","details":[{"message":"Could not find public signup token."}]}`,
			"NotFoundError", "404 Not Found: Could not find public signup token", "Refresh"},
		"404 of a wrong path": {404, "application/json", `{"name":"NotFoundError","message":"The path does not exist."}`,
			"NotFoundError", "404 Not Found: The path does not exist", "Check the address"},
		"404 of a token, 4.x": {404, "application/json", `{"name":"NotFoundError","message":"Could not find public signup token.","isJoi":true}`,
			"NotFoundError", "404 Not Found: Could not find public signup token", "Refresh"},
		"404 of a web server": {404, "text/html", "<!doctype html>", "", "404 Not Found: a web page", "Check the address"},
		"409":                 {409, "application/json", `{"name":"NameExistsError","message":"It exists."}`, "NameExistsError", "409 Conflict: It exists", "Refresh"},
		"429":                 {429, "text/plain", "Too many requests, please try again later.", "", "429 Too Many Requests: Too many requests, please try again later", "Try again in a minute"},
		"500 in JSON":         {500, "application/json", `{"id":"x","name":"InternalError","message":"Whoops!"}`, "InternalError", "500 Internal Server Error: Whoops!", "server's log"},
		"502 in HTML":         {502, "text/html", "<html><h1>502 Bad Gateway</h1></html>", "", "502 Bad Gateway: a web page", "Try again"},
		"503 in plain text":   {503, "text/plain", "upstream connect error", "", "503 Service Unavailable: upstream connect error", "Try again"},
		"504 with nothing":    {504, "", "", "", "504 Gateway Timeout: the server gave no reason", "Try again"},
		"no such status":      {599, "", "", "", "status 599: the server gave no reason", "Try again"},
		"407":                 {407, "text/plain", "no", "", "407 Proxy Authentication Required: a proxy on the way that wants a user name and password refused the request, not Unleash: no", "HTTPS_PROXY"},
		"fields of other types": {400, "application/json", `{"name":7,"message":{"a":1},"details":"none","error":["x"]}`,
			"", "400 Bad Request: the server gave no reason", "Check"},
		"cut-off JSON": {500, "application/json", `{"name":"Inter`, "", "500 Internal Server Error", "Try again"},
		"hostile words": {500, "application/json", `{"message":"a\u001b]52;c;ZXZpbA==\u0007\u202eb\r\nc"}`,
			"", "500 Internal Server Error: ab c", "Try again"},
		"hostile plain text": {500, "text/plain", "a\x1b]52;c;ZXZpbA==\x07\x9b31mb", "", "500 Internal Server Error: ab", "Try again"},
		"an echo of the credential": {500, "application/json", `{"name":"` + testToken + `","message":"bad header ` + testToken + `!"}`,
			"[redacted]", "500 Internal Server Error: bad header [redacted]!", "Try again"},
		"an escaped echo": {500, "text/plain", "at /?t=user%3A0123456789abcdef0123456789abcdef!", "", "500 Internal Server Error: at /?t=[redacted]!", "Try again"},
		"an echo that is cut": {500, "text/plain", strings.Repeat("x", wordsLimit-20) + testToken,
			"", "x[redacted]…", "Try again"},
		"endless words": {500, "text/plain", strings.Repeat("word ", 100000), "", "word…", "Try again"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", test.contentType)
				w.WriteHeader(test.status)
				fmt.Fprint(w, test.body)
			})
			_, err := c.Tokens(context.Background())
			if strings.HasPrefix(name, "404 of a token") {
				_, err = c.Token(context.Background(), "abc")
			}
			e := asError(t, err)
			if e.Kind != KindAnswer || e.Status != test.status || e.Name != test.name {
				t.Errorf("kind %d, status %d, name %q, want %d, %d, %q", e.Kind, e.Status, e.Name, KindAnswer, test.status, test.name)
			}
			if !strings.Contains(e.Error(), test.sentence) || len(e.Error()) > 4*wordsLimit {
				t.Errorf("error %q, want %q", e.Error(), test.sentence)
			}
			if !strings.Contains(e.Hint(), test.hint) {
				t.Errorf("hint %q, want %q", e.Hint(), test.hint)
			}
		})
	}
}

// Successes that are none.
func TestBadAnswers(t *testing.T) {
	tests := map[string]struct{ contentType, body, sentence string }{
		"a web page":               {"text/html; charset=utf-8", "<!DOCTYPE html><html>", "this is not Unleash's API: "},
		"a web page of no type":    {"", "\ufeff\n  <html>", "this is not Unleash's API: "},
		"plain text":               {"text/plain", "OK", "answered with plain text"},
		"nothing":                  {"application/json", "", "it is empty"},
		"cut off":                  {"application/json", `{"tokens":[{"secret":"a","ena`, "it was cut off"},
		"cut off between":          {"application/json", `{"tokens":[{"secret":"a","enabled":true}`, "it was cut off"},
		"cut off at the end":       {"application/json", `{"tokens":[]`, "it was cut off"},
		"no JSON":                  {"application/json", `{"tokens":[}`, "it is not JSON"},
		"an array":                 {"application/json", `[]`, "does not look like an answer from Unleash"},
		"other JSON":               {"application/json", `{"status":"ok"}`, "does not look like an answer from Unleash"},
		"null":                     {"application/json", `null`, "does not look like an answer from Unleash"},
		"tokens of another type":   {"application/json", `{"tokens":"none"}`, "does not look like an answer from Unleash"},
		"tokens null":              {"application/json", `{"tokens":null}`, "does not look like an answer from Unleash"},
		"a token of another type":  {"application/json", `{"tokens":[7]}`, "does not look like an answer from Unleash"},
		"a field of another type":  {"application/json", `{"tokens":[{"secret":"a","enabled":"yes"}]}`, "does not look like an answer from Unleash"},
		"a name of another type":   {"application/json", `{"tokens":[{"secret":"a","enabled":true,"name":{}}]}`, "does not look like an answer from Unleash"},
		"no secret":                {"application/json", `{"tokens":[{"enabled":true}]}`, "does not look like an answer from Unleash"},
		"an empty secret":          {"application/json", `{"tokens":[{"secret":"","enabled":true}]}`, "contains a token with a secret that Unleash would never create"},
		"not known if enabled":     {"application/json", `{"tokens":[{"secret":"a"}]}`, "does not look like an answer from Unleash"},
		"a secret that is unsafe":  {"application/json", `{"tokens":[{"secret":"a\u001b[31mb","enabled":true}]}`, "contains a token with a secret that Unleash would never create"},
		"a secret that goes up":    {"application/json", `{"tokens":[{"secret":"..","enabled":true}]}`, "contains a token with a secret that Unleash would never create"},
		"a secret without an end":  {"application/json", `{"tokens":[{"secret":"` + strings.Repeat("a", 300) + `","enabled":true}]}`, "contains a token with a secret that Unleash would never create"},
		"a number with a long way": {"application/json", `{"tokens":[{"secret":"a","enabled":true,"users":[{"id":1` + strings.Repeat("0", 999) + `}]}]}`, "does not look like an answer from Unleash"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", test.contentType)
				fmt.Fprint(w, test.body)
			})
			_, err := c.Tokens(context.Background())
			e := asError(t, err)
			if e.Kind != KindBadResponse || e.Status != 200 || !strings.Contains(e.Error(), test.sentence) || e.Hint() == "" {
				t.Errorf("kind %d, status %d, %q, hint %q, want %q", e.Kind, e.Status, e.Error(), e.Hint(), test.sentence)
			}
		})
	}
}

func TestRedirectIsNotFollowed(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		asked := 0
		other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
		defer other.Close()
		c := serve(t, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.URL+"/base"+r.URL.Path+"?t="+r.Header.Get("Authorization"), status)
		})
		_, err := c.Create(context.Background(), "default", time.Now())
		_, err2 := c.Tokens(context.Background())
		for _, err := range []error{err, err2} {
			e := asError(t, err)
			if e.Status != status || !strings.Contains(e.Error(), "redirects to "+other.URL) {
				t.Errorf("%d: %v", status, e)
			}
			if e.Hint() != "If that is the right server, set UNLEASH_URL to "+other.URL+"/base" {
				t.Errorf("%d: hint %q", status, e.Hint())
			}
		}
		if asked != 0 {
			t.Errorf("%d: the other server was asked %d times", status, asked)
		}
	}
}

func TestRedirectToASignInPage(t *testing.T) {
	tests := map[string]string{
		"https://sso.acme.io/login?back=x": "redirects to https://sso.acme.io/login,",
		"/login":                           "/login,",
		"":                                 "leads nowhere",
		"https://sso.acme.io/%zz":          "leads nowhere",
		"https://sso\u202e.acme.io/\u202e": "redirects to https://sso%E2%80%AE.acme.io/%E2%80%AE,",
		"https://ann:pw@sso.acme.io/login": "redirects to https://sso.acme.io/login,",
	}
	for location, want := range tests {
		c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Location"] = []string{location}
			w.WriteHeader(302)
		})
		_, err := c.Tokens(context.Background())
		if e := asError(t, err); !strings.Contains(e.Error(), want) || strings.Contains(e.Hint(), "UNLEASH_URL") {
			t.Errorf("%q: %v, hint %q, want %q", location, e, e.Hint(), want)
		}
	}
}

func TestAged(t *testing.T) {
	for age, want := range map[string]bool{
		"": false, "0": false, "2": false, "3": true, " 40 ": true, "40, 3": true, "99999999999999999999": true, "soon": false, "-5": false,
	} {
		if got := aged(http.Header{"Age": {age}}); got != want {
			t.Errorf("Age: %q is taken for %t", age, got)
		}
	}
}

// A cache may answer for the server's health: what is asked there is only whether Unleash is at the address.
func TestACachedHealthIsEnoughToFindUnleash(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Age", "40")
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"health":"GOOD"}`))
	}))
	defer server.Close()
	if base, err := Find(t.Context(), server.URL); err != nil || base.Address != server.URL {
		t.Errorf("%+v, %v", base, err)
	}
}
