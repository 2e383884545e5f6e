package e2e

import (
	"testing"

	"unleash-invite/client/contract"
	"unleash-invite/e2e/instance"
)

// TestContract holds the real server to the cases that demo keeps, too.
func TestContract(t *testing.T) {
	for _, base := range []string{"", "/eu/acme"} {
		t.Run("base path "+base, func(t *testing.T) {
			i := ownUnleash(t, instance.Options{BasePath: base})
			viewer, err := i.ViewerToken(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			contract.Run(t, contract.Target{URL: i.URL, AdminToken: i.AdminToken, ViewerToken: viewer})
		})
	}
}
