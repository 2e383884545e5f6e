package client_test

import (
	"context"
	"testing"
	"time"

	"unleash-invite/client/contract"
	"unleash-invite/demo"
)

func TestContractOnDemo(t *testing.T) {
	for name, options := range map[string]demo.Options{
		"empty":                 {},
		"under a base path":     {BasePath: "/some/path"},
		"with links and people": {Links: demo.Sample(time.Now())},
		"like 6.10.1":           {Version: "6.10.1"},
	} {
		t.Run(name, func(t *testing.T) {
			server := demo.New(options)
			t.Cleanup(server.Close)
			contract.Run(t, contract.Target{
				URL: server.URL(), Transport: server.Transport(), AdminToken: demo.AdminToken, ViewerToken: demo.ViewerToken,
				ClientToken: demo.ClientToken, Version: options.Version,
				SetPasswordSignIn: func(_ context.Context, on bool) error { server.SetPasswordSignIn(on); return nil },
			})
		})
	}
}
