package tui

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"unleash-invite/model"
	"unleash-invite/tui/screen"
)

// replaced answers as the server does, with one text replaced by another.
func (d *driver) replaced(text, by string) {
	d.net.set(func(r *http.Request) (*http.Response, error) {
		r = r.Clone(r.Context())
		r.Header.Del("If-None-Match") // it would be answered that all is as before
		answer := httptest.NewRecorder()
		d.server.ServeHTTP(answer, r)
		resp := answer.Result()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			return nil, err
		}
		resp.Body = io.NopCloser(strings.NewReader(strings.ReplaceAll(string(body), text, by)))
		resp.Header.Del("ETag")
		resp.ContentLength = -1
		return resp, nil
	})
	d.refreshed()
}

func TestAHostileAddressIsNeverCopied(t *testing.T) {
	for name, address := range map[string]string{
		"script":            "javascript://flags.demo.example/%0aalert(1)//",
		"file":              "file:///etc/passwd?",
		"data":              "data:text/html,",
		"control character": `https://flags.demo.example/\u001b]52;c;ZXZpbA==\u0007`,
		"line break":        `https://flags.demo.example/\nrm -rf ~\n`,
		"user and password": "https://flags.demo.example:x@evil.example",
		"1 MB":              "https://flags.demo.example/" + strings.Repeat("a", 1<<20),
		"look-alike":        "https://fl\u0430gs.demo.example",
		"no address":        "not an address ",
	} {
		t.Run(name, func(t *testing.T) {
			d := start(t, 120, 40, live("default"))
			good := d.only().URL
			d.replaced(`"url":"https://flags.demo.example`, `"url":"`+address)
			d.shows(good, "! the server gave this link an address that is not safe to open")
			d.press("c")
			if len(d.copies) != 1 || d.copies[0] != good {
				t.Errorf("copied %q, want %q", d.copies, good)
			}
			d.shows("Copied to the clipboard. But the server gave this link an address that is not safe to open, so the instance's own address is shown")
		})
	}
}

func TestAnotherHostIsSaidWhenCopying(t *testing.T) {
	for address, said := range map[string]string{
		"https://evil.example/new-user?invite=":              "But the link leads to evil.example, not to flags.demo.example:",
		"https://xn--flgs-63d.demo.example/new-user?invite=": "But the link leads to xn--flgs-63d.demo.example, not to flags.demo.example:",
		"http://localhost:4242/new-user?invite=":             "But the link leads to localhost, which is each person's own computer:",
		"https://flags.demo.example/logout?x=1&y=%00":        "But the link leads",
	} {
		d := start(t, 120, 40, live("default"))
		if strings.Contains(address, "logout") {
			d.replaced(`"url":"https://flags.demo.example/new-user?invite=`+d.only().Secret, `"url":"`+address)
			said = "But the link does not contain the secret of its token"
		} else {
			d.replaced(`"url":"https://flags.demo.example/new-user?invite=`, `"url":"`+address)
		}
		d.press("c")
		d.shows(said)
	}
}

func TestALinkThatLeadsElsewhereIsSaidInTheLeastWindow(t *testing.T) {
	const elsewhere = "https://flags.demo.example:8443/new-user?invite="
	d := start(t, 40, 12, live("default"))
	d.replaced(`"url":"https://flags.demo.example/new-user?invite=`, `"url":"`+elsewhere)
	d.shows("! the link leads to https://flags.demo.example:8443/", "not to https://flags.demo.example/new-user")
	d.m.session.Server.UnleashURL, d.m.session.Server.SignUpPageMissing = "https://flags.demo.example:8443", true
	d.shows("where the server answers 404")
}

func TestWhatIsNoWebAddressIsNeitherShownNorCopied(t *testing.T) {
	for _, address := range []string{
		"javascript:alert(1)", "file:///etc/passwd", "https://", "https://a:b@evil.example", "https://x/\x1b[31m", "https://x/ y", "https://x/\n",
		"https://fl\u0430gs.example", "no-address", "//x/y", "https://x/\u202e", "ftp://x/y",
	} {
		d := start(t, 80, 24, live("default"))
		d.m.session.Links.Tokens[0].URL = address
		d.press("c")
		d.shows("This link is not a web address that is safe to open, so it was not copied", "(this link has no address that is safe to show)")
		d.hides(address)
		if len(d.copies)+len(d.raw) != 0 {
			t.Errorf("%q was copied", address)
		}
		if text := screen.Plain(d.m.session.Links, model.Server{}, "", d.now); strings.Contains(text, address) {
			t.Errorf("printed:\n%s", text)
		}
	}
}
