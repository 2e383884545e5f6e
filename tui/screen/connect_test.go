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

func TestSameAddress(t *testing.T) {
	tests := []struct {
		typed, found string
		want         bool
	}{
		{"flags.acme.io", "https://flags.acme.io", true},
		{"flags.acme.io", "http://flags.acme.io", false},
		{"localhost:4242", "http://localhost:4242", true},
		{"https://flags.acme.io/", "https://flags.acme.io", true},
		{"https://Flags.acme.io/team/api/", "https://flags.acme.io/team", true},
		{"https://flags.acme.io", "http://flags.acme.io", false},
		{"https://flags.acme.io/x", "https://flags.acme.io", false},
	}
	for _, tt := range tests {
		if got := sameAddress(tt.typed, tt.found); got != tt.want {
			t.Errorf("sameAddress(%q, %q) = %v", tt.typed, tt.found, got)
		}
	}
}
