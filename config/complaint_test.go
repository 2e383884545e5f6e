package config

import (
	"strings"
	"testing"
)

// TestACommandsComplaintIsNotRepeated has complaints with a password that is a plain word.
func TestACommandsComplaintIsNotRepeated(t *testing.T) {
	onUnix(t)
	for complaint, want := range map[string]string{
		"the wrong one is swordfish":                         "failed (exit status 1), and its error message",
		"swordfish: Permission denied":                       "failed (exit status 1: permission denied), and its error message",
		"+ echo swordfish":                                   "failed (exit status 1), and its error message",
		"gpg: decryption failed: No secret key swordfish":    "failed (exit status 1: no secret key), and",
		"[ERROR] You are not currently signed in. swordfish": "failed (exit status 1), and",
	} {
		t.Setenv("COMPLAINT", complaint)
		_, err := Profiles{}.Token(t.Context(), commandProfile(`echo "$COMPLAINT" >&2; exit 1`), false)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "swordfish") {
			t.Error(err)
		}
	}
}

func TestAKeyringsComplaintRepeatsNoSecret(t *testing.T) {
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
}
