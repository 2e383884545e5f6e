package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestATokenIsReadAsItIsPasted(t *testing.T) {
	for _, text := range []string{"user:1111", "Bearer user:1111", "Authorization: user:1111\n", `"user:1111"`, "'user:1111' ", "export X=user:1111"} {
		file := filepath.Join(t.TempDir(), "token")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		env := map[string]string{EnvURL: "https://x", EnvToken: text}
		for _, args := range [][]string{nil, {"--token-file", file}, {"--token-file", "-"}} {
			c, err := loadWith(written(t, ""), env, text, args...)
			if err != nil || c.Token != "user:1111" {
				t.Errorf("%q, %v: %q, %v", text, args, string(c.Token), err)
			}
		}
		if got, err := ReadTokenFile(file); err != nil || got != "user:1111" {
			t.Errorf("%q again: %q, %v", text, string(got), err)
		}
		p := written(t, "")
		p.getenv = func(string) string { return text }
		for _, s := range []Source{{Kind: InEnvironment, From: "X"}, {Kind: InFile, Token: Secret(text)}} {
			if got, err := p.Token(t.Context(), Profile{Name: "acme", Source: s}, false); err != nil || got != "user:1111" {
				t.Errorf("%q from %s: %q, %v", text, s, string(got), err)
			}
			if err := p.keep(t.Context(), Profile{Name: "acme", Source: s}, "user:1111"); err != nil {
				t.Errorf("%q in %s: %v", text, s, err)
			}
		}
	}
}

func TestAReferenceInPlaceOfATokenIsNamed(t *testing.T) {
	_, err := loadWith(written(t, ""), map[string]string{EnvURL: "https://x", EnvToken: "op://private/token"}, "")
	if err == nil || !strings.HasPrefix(err.Error(), "UNLEASH_TOKEN contains a 1Password reference") || strings.Contains(err.Error(), "private") {
		t.Error(err)
	}
	p := written(t, "")
	p.getenv = func(string) string { return "${PRIVATE}" }
	_, err = p.Token(t.Context(), envProfile("acme"), false)
	if err == nil || !strings.HasPrefix(err.Error(), "the profile acme has a variable that was not filled in") || strings.Contains(err.Error(), "PRIVATE") {
		t.Error(err)
	}
	if _, err = p.Token(t.Context(), Profile{Name: "acme", Source: Source{Kind: InFile, Token: `""`}}, false); err == nil || !strings.Contains(err.Error(), "is empty") {
		t.Error(err)
	}
}
