package instances

import (
	"strings"
	"sync/atomic"
	"testing"

	"unleash-invite/config"
	"unleash-invite/e2e/terminal"
)

func TestARenewedTokenIsFetchedFromTheKeyring(t *testing.T) {
	if !terminal.WithKeyring(t) {
		return
	}
	var valid atomic.Value
	valid.Store(string(oldToken))
	url := door(t, &valid)
	own, _ := ownProfiles(t, "")
	kept := config.Profile{Name: "acme", URL: url, Source: config.Source{Kind: config.InKeyring}}
	if err := own.Save(t.Context(), kept, oldToken); err != nil {
		t.Fatal(err)
	}
	on, err := OfProfiles(own).Open(t.Context(), "acme", false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := on.Client.Tokens(t.Context()); err != nil {
		t.Fatal(err)
	}
	valid.Store(string(newToken))
	if err := own.Replace(t.Context(), "acme", newToken); err != nil { // by another start of the program
		t.Fatal(err)
	}
	if _, err := on.Client.Tokens(t.Context()); err != nil {
		t.Errorf("renewed: %v", err)
	}
	valid.Store("user:none")
	_, err = on.Client.Tokens(t.Context())
	if hinted, ok := err.(interface{ Hint() string }); !ok || !strings.Contains(hinted.Hint(), "in the system keyring, which was asked again") {
		t.Errorf("%v", err)
	}
}
