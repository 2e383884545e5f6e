package config

import (
	"strings"
	"testing"
)

func TestComplaintsRepeatNoSecret(t *testing.T) {
	for complaint, want := range map[string]string{
		"gpg: decryption failed: No secret key":                        "gpg: decryption failed: No secret key",
		"/bin/sh: 1: no-such-command-here: not found":                  "/bin/sh: 1: no-such-command-here: not found",
		"Error: unleash is not in the password store.":                 "Error: unleash is not in the password store.",
		"cat: /home/me/.secrets/unleash: Permission denied":            "cat: /home/me/.secrets/unleash: Permission denied",
		"gpg: Entschlüsselung fehlgeschlagen: Kein geheimer Schlüssel": "gpg: Entschlüsselung fehlgeschlagen: Kein geheimer Schlüssel",
		"exit status (127)":                      "exit status (127)",
		"refused user:0123 here":                 "refused [redacted] here",
		"refused *:production.0123abcd":          "refused [redacted]",
		"bad password: swordfish":                "bad password: [redacted]",
		"token=swordfish was refused":            "token= [redacted]",
		`{"token":"swordfish"} refused`:          `{"token": [redacted]`,
		"curl --user admin:hunter2 failed":       "curl --user [redacted]",
		"mysql -p swordfish failed":              "mysql -p [redacted]",
		"mysql -pswordfish failed":               "mysql [redacted] failed",
		"Authorization: Bearer abc":              "Authorization: [redacted]",
		"sent Bearer abc":                        "sent Bearer [redacted]",
		"login with hunter2 failed":              "login with [redacted] failed",
		"https://me:hunter2@vault/x unreachable": "[redacted] unreachable",
		"abcdefghijklmnopqrstuvwxyz is wrong":    "[redacted] is wrong",
		"code 123456 has expired":                "code [redacted] has expired",
	} {
		if got := oneLine(complaint); got != want {
			t.Errorf("%s\nbecomes %s\nwant    %s", complaint, got, want)
		}
	}
	for _, traced := range []string{"+ echo swordfish", "x\n++ vault read swordfish\n"} {
		if got := saying(traced); strings.Contains(got, "swordfish") {
			t.Errorf("%q: %s", traced, got)
		}
	}
}
