package screen

import "testing"

func TestAnUnfinishedAddressIsNotTried(t *testing.T) {
	for address, want := range map[string]bool{
		"": false, "flags": false, "https://": false, "https://f": false, "flags.": false,
		"flags.acme.io": true, "localhost": true, "localhost:4242": true, "http://10.0.0.1/team": true, "[::1]:4242": true,
	} {
		if got := plausible(address); got != want {
			t.Errorf("plausible(%q) = %v", address, got)
		}
	}
}
