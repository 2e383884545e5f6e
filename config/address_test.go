package config

import "testing"

func TestSameAddress(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"https://flags.acme.io", "https://flags.acme.io", true},
		{"https://flags.acme.io/", "https://FLAGS.acme.io:443/api/", true},
		{"http://flags.acme.io:80/team", "http://flags.acme.io/team/", true},
		{"https://flags.acme.io/team", "https://flags.acme.io/Team", false},
		{"https://flags.acme.io", "http://flags.acme.io", false},
		{"https://flags.acme.io:80", "https://flags.acme.io", false},
		{"https://flags.acme.io", "https://flags.acme.io:8443", false},
		{"https://flags.acme.io", "flags.acme.io", false},
		{"", "", false},
	} {
		if got := SameAddress(tt.a, tt.b); got != tt.want {
			t.Errorf("%q and %q: %t", tt.a, tt.b, got)
		}
	}
}
