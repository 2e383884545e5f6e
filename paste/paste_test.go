package paste

import (
	"strings"
	"testing"
)

const token = "user:0123456789abcdef0123456789abcdef"

func TestToken(t *testing.T) {
	for text, want := range map[string]string{
		"": "", " \n": "", "Bearer ": "", "Bearer": "", `""`: "", "Authorization: ": "", "UNLEASH_TOKEN=": "",
		token: token, token + "\r\n": token, "\ufeff" + token: token, "\u200b " + token + "\t": token,
		"Bearer " + token: token, "bearer\t" + token: token, "BEARER  " + token + "\n": token,
		"Authorization: " + token: token, "authorization:" + token: token, "Authorization: Bearer " + token: token, "AUTHORIZATION = " + token: token,
		`"` + token + `"`: token, "'" + token + "'": token, "`" + token + "`": token, "“" + token + "”": token, `'"` + token + `"'`: token,
		`"Bearer ` + token + `"`: token, `Bearer "` + token + `"`: token,
		`"Authorization: ` + token + `"`: token, `"Authorization": "` + token + `",`: token, `{"authorization":"Bearer ` + token + `"}`: token,
		"curl -H 'Authorization: " + token + "' https://flags.acme.io/api/admin/user":            token,
		`curl -X POST --header "Authorization: Bearer ` + token + `" -d '{"a":1}' https://x`:     token,
		"curl https://x \\\n  -H Accept:application/json \\\n  -H Authorization:" + token + "\n": token,
		"UNLEASH_TOKEN=" + token: token, "export UNLEASH_TOKEN='" + token + "'": token,
		"*:*.unleash-insecure-admin-api-token": "*:*.unleash-insecure-admin-api-token", "default:development.0123456789abcdef": "default:development.0123456789abcdef",
		"[]:production.0123456789abcdef": "[]:production.0123456789abcdef",
		"two words":                      "two words", // the client says what is wrong with it
	} {
		got, err := Token(text)
		if err != nil || got != want {
			t.Errorf("%q: %q, %v, want %q", text, got, err, want)
		}
	}
}

func TestWhatStandsForATokenIsNamed(t *testing.T) {
	for text, want := range map[string]string{
		"op://private/unleash/token": "1Password", `"op://private/unleash/token"`: "1Password", "Bearer op://private/x": "1Password",
		"UNLEASH_TOKEN=op://private/x": "1Password", "Authorization: op://private/x": "1Password",
		"vault:private/data/x#token": "reference to a secret", "ref+vault://private": "reference to a secret", "arn:aws:secretsmanager:eu:private": "reference to a secret",
		"${PRIVATE}": "variable", "$PRIVATE": "variable", "$(cat private)": "variable", "${{ secrets.PRIVATE }}": "variable", "%PRIVATE%": "variable",
		"curl -H 'Authorization: ${PRIVATE}' https://x": "variable", `curl -H "Authorization: $PRIVATE" https://x`: "variable",
		"<private>": "placeholder", "{{ private }}": "placeholder", "[private]": "placeholder",
		"user:private…": "masked", "user:private***": "masked", "••••": "masked", "user:[redacted]": "masked",
		"Authorization: Basic private=": "user name and password",
	} {
		got, err := Token(text)
		if err == nil || got != "" || !strings.Contains(err.Error(), want) || strings.Contains(strings.ToLower(err.Error()), "private") {
			t.Errorf("%q: %q, %v, want %s", text, got, err, want)
		}
	}
}

func TestATokenInTheAddressIsRecognised(t *testing.T) {
	for text, want := range map[string][2]string{
		"flags.acme.io": {"flags.acme.io", ""}, "https://flags.acme.io:4242/x": {"https://flags.acme.io:4242/x", ""}, "localhost:4242": {"localhost:4242", ""},
		"[::1]:4242": {"[::1]:4242", ""}, "flags-user:42420": {"flags-user:42420", ""}, "https://user:01234567@h": {"https://user:01234567@h", ""},
		"user": {"user", ""}, "user:": {"", "user:"}, token: {"", token}, "Bearer " + token: {"", "Bearer " + token}, `"` + token + `"`: {"", `"` + token + `"`},
		"*:*.x": {"", "*:*.x"}, "default:development.0123456789abcdef": {"", "default:development.0123456789abcdef"},
		strings.Repeat("0a", 32): {"", strings.Repeat("0a", 32)}, "Authorization: abc": {"", "Authorization: abc"},
		"flags.acme.io" + token: {"flags.acme.io", token}, "https://flags.acme.io " + token: {"https://flags.acme.io", token},
	} {
		if address, got := Split(text); address != want[0] || got != want[1] {
			t.Errorf("%q: %q and %q", text, address, got)
		}
	}
}

func FuzzToken(f *testing.F) {
	for _, seed := range []string{token, "Bearer " + token, "curl -H 'Authorization: x'", "op://x", "\"'", "\x80\ufeff", "export A=", "Bearer Bearer"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := Token(text)
		if err != nil && got != "" {
			t.Errorf("%q: %q and %v", text, got, err)
		}
		if again, err := Token(got); got != "" && !strings.Contains(strings.ToLower(got), "authorization") && (err != nil || again != got) {
			t.Errorf("%q: %q, then %q, %v", text, got, again, err)
		}
		Split(text)
	})
}
