package screen

import (
	"strings"
	"testing"

	"unleash-invite/model"
)

func TestWarnings(t *testing.T) {
	const local, flags, other = "http://localhost:4242/new-user", "https://flags.acme.io/new-user", "https://unleash.internal/new-user"
	const address = "https://flags.acme.io"
	tests := []struct{ link, address, want string }{
		{flags, address, ""},
		{"https://FLAGS.acme.io/new-user", address, ""},
		{local, address, "each person's own computer"},
		{"http://127.0.0.1/x", address, "each person's own computer"},
		{other, address, "leads to unleash.internal, not to flags.acme.io"},
		{local, "http://127.0.0.1:4242", "works only on this computer"},
		{"", address, ""},
	}
	for _, tt := range tests {
		if got := linkWarning(tt.link, tt.address, model.Server{}, true); (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
			t.Errorf("%s on %s: %q, want %q", tt.link, tt.address, got, tt.want)
		}
	}
}

func TestALinkThatIsNotTheInstancesIsSaid(t *testing.T) {
	const address = "https://flags.acme.io/team"
	for link, said := range map[string]string{
		"https://flags.acme.io/team/new-user?invite=s":      "",
		"https://FLAGS.acme.io:443/team/new-user?invite=s":  "",
		"https://flags.acme.io:8443/team/new-user?invite=s": "the link leads to https://flags.acme.io:8443/team/new-user, not to https://flags.acme.io/team/new-user",
		"http://flags.acme.io/team/new-user?invite=s":       "the link leads to http://flags.acme.io/team/new-user, not to",
		"https://flags.acme.io/new-user?invite=s":           "the link leads to https://flags.acme.io/new-user, not to",
		"https://flags.acme.io/team/team/new-user?invite=s": "the link leads to https://flags.acme.io/team/team/new-user, not to",
		"https://flags.acme.io/team/logout?invite=s":        "the link leads to https://flags.acme.io/team/logout, not to",
		"https://flags.acme.io/team//new-user?invite=s":     "the link leads to https://flags.acme.io/team//new-user, not to",
		"https://flags.acme.io/team/new-user/?invite=s":     "the link leads to https://flags.acme.io/team/new-user/, not to",
		"https://other.acme.io/team/new-user?invite=s":      "the link leads to other.acme.io, not to flags.acme.io",
		"http://localhost:4242/team/new-user?invite=s":      "the link leads to localhost, which is each person's own computer",
	} {
		if got := linkWarning(link, address, model.Server{}, true); !strings.HasPrefix(got, said) || said == "" && got != "" {
			t.Errorf("%s: %q, want %q", link, got, said)
		}
	}
	if got := linkWarning("http://localhost:4242/new-user?invite=s", "http://127.0.0.1:4242", model.Server{}, true); !strings.Contains(got, "only on this computer") {
		t.Errorf("%q", got)
	}
	if got := linkWarning("http://127.0.0.1:4243/new-user?invite=s", "http://127.0.0.1:4242", model.Server{}, true); !strings.Contains(got, "localhost:4243") {
		t.Errorf("%q", got)
	}
}

func TestAMissingPageIsSaid(t *testing.T) {
	server := model.Server{UnleashURL: "https://flags.acme.io", SignUpPageMissing: true}
	for link, said := range map[string]bool{
		"https://flags.acme.io/new-user?invite=s":      true,
		"https://flags.acme.io/old/new-user?invite=s":  false, // not where the server was asked
		"https://flags.acme.io/team/new-user?invite=s": false,
	} {
		if got := linkWarning(link, "https://flags.acme.io/team", server, true); strings.Contains(got, "where the server answers 404") != said {
			t.Errorf("%s: %q", link, got)
		}
	}
}
