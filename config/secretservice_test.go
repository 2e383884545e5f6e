package config

import (
	"os"
	"slices"
	"strings"
	"testing"

	"unleash-invite/e2e/terminal"
)

func TestSecretService(t *testing.T) {
	if !terminal.WithKeyring(t) {
		return
	}
	p := written(t, "")
	p.keyring = OwnProfiles().keyring
	if kinds := p.CanKeep(t.Context()); !slices.Contains(kinds, InKeyring) {
		t.Fatalf("no keyring: %v", kinds)
	}
	if _, err := p.Token(t.Context(), inKeyring(), false); err == nil || !strings.Contains(err.Error(), "connect to it again") {
		t.Errorf("before: %v", err)
	}
	for _, token := range []Secret{"user:1111", "user:2222"} { // the second in place of the first
		if err := p.Save(t.Context(), inKeyring(), token); err != nil {
			t.Fatal(err)
		}
		if got, err := p.Token(t.Context(), inKeyring(), false); err != nil || got != token {
			t.Errorf("%q, %v", string(got), err)
		}
	}
	if text, err := os.ReadFile(p.path); err != nil || strings.Contains(string(text), "2222") {
		t.Errorf("%s, %v", text, err)
	}
}
