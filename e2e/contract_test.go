package e2e

import (
	"testing"

	"unleash-invite/client/contract"
	"unleash-invite/e2e/instance"
)

// TestContract holds the real servers to the cases that demo keeps, too.
func TestContract(t *testing.T) {
	onEveryServer(t, func(t *testing.T, i *instance.Instance) {
		viewer, err := i.ViewerToken(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		contract.Run(t, contract.Target{
			URL: i.URL, AdminToken: i.AdminToken, ViewerToken: viewer, ClientToken: i.ClientToken, Version: i.Version(),
			SetPasswordSignIn: i.SetPasswordSignIn,
		})
	})
}
