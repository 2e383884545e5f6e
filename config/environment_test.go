package config

import (
	"testing"
)

func TestChildrenGetNoToken(t *testing.T) {
	onUnix(t)
	t.Setenv(EnvToken, "user:own")
	t.Setenv("ACME_TOKEN", "user:acme")
	t.Setenv("ACME_OTHER", "stays")
	var env environment
	p := written(t, "[[profile]]\nname = \"acme\"\nurl = \"https://x\"\ntoken_env = \"ACME_TOKEN\"\n")
	p.getenv, p.hide = env.get, env.take
	p.HideTokens()
	p.HideTokens() // a second time loses nothing
	look := commandProfile(`echo "user:$UNLEASH_TOKEN$ACME_TOKEN$ACME_OTHER"`)
	for _, ask := range []bool{false, true} {
		if got, err := p.Token(t.Context(), look, ask); err != nil || got != "user:stays" {
			t.Errorf("a command with ask %t sees %s, %v", ask, string(got), err)
		}
	}
	found, err := p.Find("acme")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := p.Token(t.Context(), found, false); err != nil || got != "user:acme" {
		t.Errorf("%s, %v", string(got), err)
	}
}

// TestAVariableThatIsNamedLaterIsHiddenToo has a profile that was written while the program ran.
func TestAVariableThatIsNamedLaterIsHiddenToo(t *testing.T) {
	onUnix(t)
	t.Setenv("ACME_LATE", "user:late")
	var env environment
	p := written(t, "")
	p.getenv, p.hide = env.get, env.take
	p.HideTokens()
	profile := Profile{Name: "acme", URL: "https://x", Source: Source{Kind: InEnvironment, From: "ACME_LATE"}}
	if err := p.Save(t.Context(), profile, "user:late"); err != nil {
		t.Fatal(err)
	}
	if got, err := p.Token(t.Context(), commandProfile(`echo "user:$ACME_LATE"`), false); err != nil || got != "user:" {
		t.Errorf("%s, %v", string(got), err)
	}
	if got, err := p.Token(t.Context(), profile, false); err != nil || got != "user:late" {
		t.Errorf("%s, %v", string(got), err)
	}
}

func TestNoCoreDumps(t *testing.T) {
	onUnix(t)
	if err := NoCoreDumps(); err != nil {
		t.Fatal(err)
	}
	if got, err := (Profiles{}).Token(t.Context(), commandProfile("ulimit -c"), false); err != nil || got != "0" {
		t.Errorf("%s, %v", string(got), err)
	}
}
