package config

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

const behindGateway = `[[profile]]
name = "acme"
url = "https://flags.acme.io"
token_env = "ACME_TOKEN"
headers = {X-One = "open sesame", X-Three = {env = "ACME_GATEWAY"}, X-Two = {command = "echo two"}}

[[profile]]
name = "other"
url = "https://other.io"
token_env = "OTHER"
[profile.headers]
X-One = {env = "OTHER_GATEWAY"}
`

func TestHeadersAreRead(t *testing.T) {
	onUnix(t)
	p := written(t, behindGateway)
	p.getenv = func(name string) string { return map[string]string{"ACME_GATEWAY": " three\n"}[name] }
	acme, err := p.Find("acme")
	if err != nil {
		t.Fatal(err)
	}
	got, err := p.Headers(t.Context(), acme, false)
	if err != nil || len(got) != 3 || got["X-One"] != "open sesame" || got["X-Two"] != "two" || got["X-Three"] != "three" {
		t.Errorf("%d, %v", len(got), err)
	}
	if text := fmt.Sprintf("%v %+v %#v %v", acme, acme, acme, got); strings.Contains(text, "sesame") || strings.Contains(text, "three") {
		t.Error(text)
	}
	other, err := p.Find("other")
	if err != nil {
		t.Fatal(err)
	}
	const want = "the variable OTHER_GATEWAY for the header X-One of the profile other is not set"
	if _, err := p.Headers(t.Context(), other, false); err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Error(err)
	}
}

func TestAHeadersValueThatCantBeSent(t *testing.T) {
	onUnix(t)
	for command, want := range map[string]string{
		"exit 3":           "the command for the header X-One of the profile acme failed (exit status 3)",
		"printf 'p\\303s'": "the command for the header X-One of the profile acme contains characters that no header can have",
		"true":             "printed nothing",
	} {
		acme := Profile{Name: "acme", Headers: []Header{{"X-One", Source{Kind: ByCommand, From: command}}}}
		if _, err := (Profiles{}).Headers(t.Context(), acme, false); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", command, err)
		}
	}
}

func TestWrongHeadersAreRefused(t *testing.T) {
	const head = "[[profile]]\nname = \"acme\"\nurl = \"https://x\"\ntoken_env = \"A\"\nheaders = "
	for headers, want := range map[string]string{
		`{Authorization = "secret"}`:              "which can't set the header Authorization: the program sends it itself",
		`{host = "secret"}`:                       "the header host",
		`{Content-Length = "5"}`:                  "the header Content-Length",
		`{content-encoding = "gzip"}`:             "the header content-encoding",
		`{If-None-Match = "x"}`:                   "the header If-None-Match",
		`{"X Y" = "secret"}`:                      "which has a header whose name contains characters other",
		`{"secret: x\r\nX" = {a = 1}}`:            "which has a header whose name contains characters other",
		`{X-One = "secret", x-one = "b"}`:         "which has the header",
		`{X-One = "secret\r\nHost: evil"}`:        "whose header X-One needs one line of printable ASCII",
		`{X-One = ""}`:                            "whose header X-One needs one line",
		`{X-One = 1}`:                             "whose header X-One needs a text, or {command",
		`{X-One = {command = "a", env = "B"}}`:    "whose header X-One needs a text, or {command",
		`{X-One = {token = "secret"}}`:            "whose header X-One needs a text, or {command",
		`{X-One = {env = "not a name"}}`:          "whose header X-One needs a variable's name",
		`{X-One = {command = " "}}`:               "whose header X-One needs one line for the shell",
		`{X-One = {command = "secret\u001b[2J"}}`: "whose header X-One needs one line for the shell",
		`"X-One: secret"`:                         "can't be read from line 5",
	} {
		_, err := parseProfiles([]byte(head + headers))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", headers, err)
		}
	}
}

// TestTheSchemaOfHeaders compares it with the parser's rules.
func TestTheSchemaOfHeaders(t *testing.T) {
	_, profile := published(t)
	s := profile.Properties["headers"]
	if s.PropertyNames.Pattern != headerName().String() {
		t.Errorf("names like %s", s.PropertyNames.Pattern)
	}
	refused := regexp.MustCompile(s.PropertyNames.Not.Pattern)
	for _, name := range ourHeaders {
		if strings.HasSuffix(name, "-") {
			name += "x"
		}
		if !refused.MatchString(name) || !refused.MatchString(strings.ToUpper(name[:1])+name[1:]) {
			t.Errorf("the schema takes %s", name)
		}
	}
	for _, name := range []string{"CF-Access-Client-Secret", "Proxy-Authorization", "Cookie", "X-Accept", "Hosts"} {
		if refused.MatchString(name) || ours(name) {
			t.Errorf("%s is refused", name)
		}
	}
	literal := regexp.MustCompile(s.AdditionalProperties.OneOf[0].Pattern)
	for _, value := range []string{"a", "a b", "", " a", "a ", "é", "a\tb", "a\nb"} {
		if want := (Source{Kind: InFile, Token: Secret(value)}).fault() == ""; literal.MatchString(value) != want {
			t.Errorf("%q: the parser says %t", value, want)
		}
	}
}

func TestAHeaderInTheFileIsGuardedAsATokenIs(t *testing.T) {
	onUnix(t)
	for value, guarded := range map[string]bool{`"sesame"`: true, `{env = "A"}`: false, `{command = "echo a"}`: false} {
		p := written(t, "[[profile]]\nname = \"acme\"\nurl = \"https://x\"\ntoken_env = \"A\"\nheaders = {X-One = "+value+"}\n")
		if err := os.Chmod(p.path, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := p.List(); (err != nil) != guarded {
			t.Errorf("%s: %v", value, err)
		}
	}
}

func TestChildrenGetNoHeader(t *testing.T) {
	onUnix(t)
	t.Setenv("ACME_GATEWAY", "three")
	var env environment
	p := written(t, behindGateway)
	p.getenv, p.hide = env.get, env.take
	p.HideTokens()
	if got, err := p.Token(t.Context(), commandProfile(`echo "user:$ACME_GATEWAY"`), false); err != nil || got != "user:" {
		t.Errorf("%s, %v", string(got), err)
	}
	acme, err := p.Find("acme")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := p.Headers(t.Context(), acme, false); err != nil || got["X-Three"] != "three" {
		t.Errorf("%v, %v", got, err)
	}
}

func TestASaveKeepsHeaders(t *testing.T) {
	table := strings.Replace(behindGateway, `headers = {X-One = "open sesame", X-Three = {env = "ACME_GATEWAY"}, X-Two = {command = "echo two"}}`,
		"[profile.headers] # mine\nX-One = \"open sesame\"\nX-Two.command = \"echo two\"\nX-Three = {\n  env = \"ACME_GATEWAY\"\n}", 1)
	spread := strings.Replace(behindGateway, "headers = {X-One = {", "headers = {\n  X-One = {", 1)
	for _, text := range []string{behindGateway, table, spread} {
		for _, name := range []string{"acme", "other"} {
			p := written(t, text)
			p.getenv = func(string) string { return "" }
			before, err := p.Find(name)
			if err != nil {
				t.Fatal(err)
			}
			again := Profile{Name: name, URL: before.URL, Source: Source{Kind: InEnvironment, From: "NEW"}, ReadOnly: true}
			if err := p.Save(t.Context(), again, "user:1111"); err != nil {
				t.Fatalf("%s\n%v", text, err)
			}
			if got, err := p.Find(name); err != nil || !got.SameWay(before) || len(got.Headers) == 0 || !got.ReadOnly {
				t.Errorf("%+v, %v", got, err)
			}
			again.URL += "/elsewhere"
			if err := p.Save(t.Context(), again, "user:1111"); err != nil {
				t.Fatalf("%s\n%v", text, err)
			}
			if got, err := p.Find(name); err != nil || len(got.Headers) != 0 {
				t.Errorf("another address keeps the headers: %+v, %v", got, err)
			}
			list, err := p.List()
			if err != nil || len(list) != 2 || len(list[0].Headers)+len(list[1].Headers) == 0 {
				t.Errorf("%+v, %v", list, err)
			}
		}
	}
}

func TestAMessageThatShowsAProfileShowsNoSecret(t *testing.T) {
	p := Profile{Name: "acme", URL: "https://x", Source: Source{Kind: InFile, Token: "user:0123"}, Headers: []Header{
		{"X-One", Source{Kind: InFile, Token: "sesame"}}, {"X-Two", Source{Kind: ByCommand, From: "echo two"}},
	}}
	if got := p.shown(); !strings.Contains(got, `headers = {X-One = "…", X-Two = {command = "echo two"}}`) || strings.Contains(got, "0123") {
		t.Error(got)
	}
	if p.Headers[0].Value.Token != "sesame" {
		t.Error("showing it has changed it")
	}
}

func TestProfilesOfOnePlace(t *testing.T) {
	at := func(url, socket, name string) Profile {
		return Profile{URL: url, Secure: Secure{UnixSocket: socket, ServerName: name}}
	}
	here, tests := at("https://localhost:8443", "", "flags.acme.io"), map[string]bool{"flags.acme.io": true, "": false, "other.io": false}
	for name, want := range tests {
		if here.SamePlace(at("https://LOCALHOST:8443/api/", "", name)) != want {
			t.Errorf("as %q: want %t", name, want)
		}
	}
	if at("http://x", "/a", "").SamePlace(at("http://x", "/b", "")) || account(at("http://x", "/a", "")) == account(at("http://x", "", "")) {
		t.Error("two sockets are one place")
	}
}
