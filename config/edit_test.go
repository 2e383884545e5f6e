package config

import (
	"strings"
	"testing"
)

func TestWithProfile(t *testing.T) {
	fresh := Profile{Name: "new", URL: "https://new.io", Source: Source{Kind: InKeyring}}
	production := fresh
	production.Default, production.Production = true, true
	changed := acme()
	changed.Source, changed.ReadOnly, changed.Production = Source{Kind: InEnvironment, From: "ACME"}, false, true
	other := local()
	other.Default, other.Source.Token = true, `user:"\new`
	const freshText = "\n[[profile]]\nname = \"new\"\nurl = \"https://new.io\"\ntoken_keyring = true\n"
	tests := []struct {
		name, before string
		put          Profile
		want         string
	}{
		{"into an empty file", "", fresh, emptyProfiles + "default = \"new\"\n" + freshText},
		{"as the default into an empty file", " \n", production, emptyProfiles + "default = \"new\"\n" + freshText + "production = true\n"},
		{"at the end", twoProfiles, fresh, twoProfiles + freshText},
		{"after a line without an end", strings.TrimRight(twoProfiles, "\n"), fresh, twoProfiles + freshText},
		{"nothing new", twoProfiles, acme(), twoProfiles},
		{"as the default", twoProfiles, production,
			strings.Replace(twoProfiles, `default = "acme"`, `default = "new"`, 1) + freshText + "production = true\n"},
		{"in place of one", twoProfiles, changed, strings.NewReplacer(
			"token_command = 'pass show \"unleash acme\"' # asks gpg\nread_only = true\n", "token_env = \"ACME\"\nproduction = true\n").Replace(twoProfiles)},
		{"in place of the last, as the default", twoProfiles, other, strings.NewReplacer(
			`default = "acme"`, `default = "local one"`, `"user:0123456789abcdef"`, `"user:\"\\new"`, "production = false\n", "").Replace(twoProfiles)},
		{"as the default where there is none", strings.Replace(twoProfiles, `default = "acme" # the one of every day`, "", 1), other,
			"default = \"local one\"\n\n" + strings.NewReplacer(`default = "acme" # the one of every day`, "", `"user:0123456789abcdef"`,
				`"user:\"\\new"`, "production = false\n", "").Replace(twoProfiles)},
	}
	for _, tt := range tests {
		if got, err := withProfile([]byte(tt.before), tt.put); err != nil || string(got) != tt.want {
			t.Errorf("%s: %v\n%s\nwant\n%s", tt.name, err, got, tt.want)
		}
	}
}

func TestAnUncommonFileIsNotSpoilt(t *testing.T) {
	fresh := Profile{Name: "new", URL: "https://new.io", Source: Source{Kind: InKeyring}}
	for _, text := range []string{
		`profile = [{name = "a", url = "http://a", token_env = "A"}]`,
		"[profile]\nname = \"a\"\nurl = \"http://a\"\ntoken_env = \"A\"\n",
	} {
		if got, err := withProfile([]byte(text), fresh); err == nil || !strings.Contains(err.Error(), "by hand") {
			t.Errorf("%s became %s, %v", text, got, err)
		}
	}
	windows := strings.ReplaceAll(twoProfiles, "\n", "\r\n")
	if got, err := withProfile([]byte(windows), fresh); err != nil || !strings.HasPrefix(string(got), windows) {
		t.Errorf("%v: %q", err, got)
	}
}

func TestASaveKeepsHowTheServerIsTold(t *testing.T) {
	p := written(t, "[[profile]]\nname = \"acme\"\nurl = \"https://x\"\ntoken_command = \"pass show unleash\"\nca_file = \"/etc/acme/ca.pem\"\nserver_name = \"flags\"\n")
	again := Profile{Name: "acme", URL: "https://x", Source: Source{Kind: InEnvironment, From: "ACME"}, ReadOnly: true}
	if err := p.Save(t.Context(), again, "user:1111"); err != nil {
		t.Fatal(err)
	}
	got, err := p.Find("acme")
	if want := (Secure{CAFile: "/etc/acme/ca.pem", ServerName: "flags"}); err != nil || got.Secure != want || !got.ReadOnly {
		t.Errorf("%+v, %v", got, err)
	}
	again.URL = "https://other"
	if err := p.Save(t.Context(), again, "user:1111"); err != nil {
		t.Fatal(err)
	}
	if got, err := p.Find("acme"); err != nil || got.Secure != (Secure{}) {
		t.Errorf("another address: %+v, %v", got, err)
	}
}
