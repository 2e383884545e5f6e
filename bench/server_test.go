package main

import "testing"

// A measurement rotates links: those of an instance that others use are not for that.
func TestOnlyThisMachineIsMeasured(t *testing.T) {
	for address, allowed := range map[string]bool{
		"":                       true,
		"http://127.0.0.1:4242":  true,
		"http://localhost:4242/": true,
		"http://[::1]:4242/base": true,
		"https://flags.acme.io":  false,
		"http://10.0.0.7:4242":   false,
		"http://127.0.0.1.io":    false,
		"localhost":              false,
		"http://a b":             false,
	} {
		if err := onThisMachine(address); (err == nil) != allowed {
			t.Errorf("%q: %v", address, err)
		}
	}
}
