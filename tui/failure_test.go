package tui

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// answer is a server, or what stands before it, that says this and nothing else.
func answer(status int, contentType, body string) func(*http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) {
		header := http.Header{"Content-Type": {contentType}}
		if status == http.StatusTooManyRequests {
			header.Set("Retry-After", "120")
		}
		if status == http.StatusFound {
			header.Set("Location", "https://sso.example/login")
		}
		return &http.Response{
			StatusCode: status, Header: header, Request: r, ContentLength: -1,
			Body: io.NopCloser(io.LimitReader(io.MultiReader(strings.NewReader(body), endless{body}), bodyLength(body))),
		}, nil
	}
}

// endless goes on with a body that ends in "…": more and more of it.
type endless struct{ body string }

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func bodyLength(body string) int64 {
	if strings.HasSuffix(body, `"secret":"`) {
		return 100 << 20
	}
	return int64(len(body))
}

func TestEveryBadAnswerIsOneSentenceAndAWayToRetry(t *testing.T) {
	const jsonType, html = "application/json; charset=utf-8", "text/html"
	tests := []struct {
		name string
		fail func(*http.Request) (*http.Response, error)
		want string
	}{
		{"connection refused", refuse, "connection refused"},
		{"401", answer(401, jsonType, `{"id":"1","name":"UnauthorizedError","message":"You must log in to use Unleash."}`), "You must log in to use Unleash"},
		{"403", answer(403, jsonType, `{"id":"1","name":"PermissionError","message":"you need the \"ADMIN\" permission","permissions":["ADMIN"]}`), "Admin"},
		{"404", answer(404, jsonType, `{"name":"NotFoundError","message":"The path you were looking for is not available."}`), "404"},
		{"429", answer(429, "text/plain", "slow down"), "429"},
		{"500", answer(500, "text/plain", "boom"), "500"},
		{"502 from a proxy", answer(502, html, "<html><body>Bad Gateway</body></html>"), "502"},
		{"a web page", answer(200, html, "<!DOCTYPE html><html></html>"), "not Unleash"},
		{"a redirect", answer(302, html, ""), "https://sso.example"},
		{"cut-off JSON", answer(200, jsonType, `{"tokens":[{"secret":"a`), "cut off"},
		{"an empty body", answer(200, jsonType, ""), "empty"},
		{"100 MB", answer(200, jsonType, `{"tokens":[{"secret":"`), "MiB"},
	}
	for _, tt := range tests {
		for _, began := range []bool{false, true} { // before anything was seen, and after
			t.Run(tt.name, func(t *testing.T) {
				d := start(t, 80, 24, live("default"))
				if !began {
					d.m.session.Links = model.Links{}
				}
				d.net.set(tt.fail)
				d.press("ctrl+r")
				d.shows("? Unknown", "! ", tt.want, "ctrl+r try again", "q quit")
				d.net.set(nil)
				d.press("ctrl+r")
				d.shows("● Active")
				d.hides("! ")
			})
		}
	}
}

func TestSentences(t *testing.T) {
	for text, want := range map[string]string{
		"the link is gone":        "The link is gone.",
		"a link is gone":          "A link is gone.",
		"r goes on from here":     "r goes on from here.",
		"flags.acme.io is gone":   "flags.acme.io is gone.",
		"ändern geht nicht mehr.": "Ändern geht nicht mehr.",
	} {
		if got := draw.AsSentence(text); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
