package config

import (
	"slices"
	"strings"
	"testing"
)

const twoProfiles = `# mine
default = "acme" # the one of every day

[[profile]]
name = "acme"
url = "https://flags.acme.io/eu"
token_command = 'pass show "unleash acme"' # asks gpg
read_only = true

# for trying out
[[profile]]
name = 'local one'
url = "http://localhost:4242"
token = "user:0123456789abcdef"
production = false
`

func acme() Profile {
	return Profile{
		Name: "acme", URL: "https://flags.acme.io/eu", Source: Source{Kind: ByCommand, From: `pass show "unleash acme"`},
		Default: true, ReadOnly: true,
	}
}

func local() Profile {
	return Profile{Name: "local one", URL: "http://localhost:4242", Source: Source{Kind: InFile, Token: "user:0123456789abcdef"}}
}

func TestProfilesAreRead(t *testing.T) {
	got, err := parseProfiles([]byte(twoProfiles))
	if want := []Profile{acme(), local()}; err != nil || !slices.EqualFunc(got, want, Profile.Equal) {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := parseProfiles(nil); err != nil || len(got) != 0 {
		t.Errorf("an empty file: %+v, %v", got, err)
	}
	one := "[[profile]]\nname='x'\nurl='http://x'\ntoken_env='X'\nproduction=true"
	want := Profile{Name: "x", URL: "http://x", Source: Source{Kind: InEnvironment, From: "X"}, Default: true, Production: true}
	if got, err := parseProfiles([]byte(one)); err != nil || !slices.EqualFunc(got, []Profile{want}, Profile.Equal) {
		t.Errorf("the only profile is the default one: %+v, %v", got, err)
	}
}

func TestAWrongFileIsAPhraseWithItsPlace(t *testing.T) {
	const head = "[[profile]]\nname = \"acme\"\nurl = \"https://x\"\n"
	tests := []struct{ name, text, want string }{
		{"no TOML", head + "token = user:secretsecret\n", "line 4"},
		{"a token alone", "\n\nuser:secretsecret", "line 3"},
		{"an unknown key", head + "token_env = \"A\"\ntokn = \"user:secretsecret\"\n", "tokn in line 5"},
		{"an unknown key like a token", head + "user_secretsecretsecretsecret0 = 1\n", "a key in line 4"},
		{"default in a profile", head + "token_env = \"A\"\ndefault = true\n", "default in line 5, which has no meaning there: a [[profile]] has name,"},
		{"default in a profile, and where it belongs", head + "token_env = \"A\"\ndefault = true\n", `default = "NAME" and notify = true stand above the first`},
		{"an unknown table", "[acme]\nurl = \"x\"\n", "acme in line 1"},
		{"a key twice", head + "url = \"https://y\"\n", "line 4"},
		{"a number for a text", head + "token = 12345678\n", "line 4"},
		{"a text for a switch", head + "token_keyring = \"user:secretsecret\"\n", "line 4"},
		{"no source", head, "the profile acme, which needs exactly one of"},
		{"two sources", head + "token = \"user:secretsecret\"\ntoken_keyring = true", "the profile acme, which needs exactly one of"},
		{"no name", "[[profile]]\nurl='x'\ntoken_env='X'", "profile number 1, which needs a name"},
		{"a name that a terminal obeys", "[[profile]]\nname=\"a\\u001b[31m\"\nurl='x'\ntoken_env='X'", "profile number 1, which needs a name"},
		{"a name that turns the text around", "[[profile]]\nname=\"a\\u202e\"\nurl='x'\ntoken_env='X'", "profile number 1, which needs a name"},
		{"a long name", "[[profile]]\nname='" + strings.Repeat("x", 41) + "'\nurl='x'\ntoken_env='X'", "profile number 1, which needs a name"},
		{"no address", "[[profile]]\nname='a'\ntoken_env='X'", "the profile a, which needs its address"},
		{"an address that a terminal obeys", "[[profile]]\nname='a'\nurl=\"https://\\u009bx\"\ntoken_env='X'", "needs its address"},
		{"no variable's name", "[[profile]]\nname='a'\nurl='x'\ntoken_env='user:secretsecret'", "a variable's name"},
		{"a command of two lines", "[[profile]]\nname='a'\nurl='x'\ntoken_command=\"a\\nb\"", "one line"},
		{"two of a name", head + "token_env='A'\n" + head + "token_env='A'\n", "two profiles called acme"},
		{"no such default", "default = 'user:secretsecret'\n" + head + "token_env='A'\n", "names a default profile that it does not have"},
	}
	for _, tt := range tests {
		_, err := parseProfiles([]byte(tt.text))
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestASourceIsToldWithoutSecrets(t *testing.T) {
	tests := map[string]Source{
		"the system keyring":      {Kind: InKeyring},
		"the command curl":        {Kind: ByCommand, From: " curl -H 'X-Vault-Token: s.secret' https://vault"},
		"a command":               {Kind: ByCommand, From: "VAULT_TOKEN=hvs.secret vault kv get acme"},
		"the variable ACME_TOKEN": {Kind: InEnvironment, From: "ACME_TOKEN"},
		"the profiles file":       {Kind: InFile, Token: "user:secret"},
	}
	for want, source := range tests {
		if got := source.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func FuzzParseProfiles(f *testing.F) {
	f.Add(twoProfiles)
	f.Add("[[profile]]\nname='x'\nurl='http://x'\ntoken_env='X'")
	f.Add("default = user:secret")
	f.Fuzz(func(t *testing.T, text string) {
		profiles, err := parseProfiles([]byte(text))
		if err != nil && strings.ContainsAny(err.Error(), "\n\r\x1b\u009b\u202e") {
			t.Errorf("not one safe line: %q", err)
		}
		if err != nil {
			return
		}
		p := Profile{Name: "new", URL: "https://new", Source: Source{Kind: InKeyring}, Default: true}
		after, err := withProfile([]byte(text), p)
		if err != nil {
			return // said to be written in a way that can't be changed
		}
		if got, err := parseProfiles(after); err != nil || !slices.EqualFunc(got, Replaced(profiles, p), Profile.Equal) {
			t.Errorf("%q became %q: %+v, %v", text, after, got, err)
		}
	})
}
