package model

import "testing"

func TestLeads(t *testing.T) {
	const team = "https://flags.acme.io/team"
	for _, tt := range []struct {
		link, address string
		want          Lead
	}{
		{"https://flags.acme.io/team/new-user?invite=s", team, LeadsHome},
		{"https://flags.acme.io/team/new-user?invite=s", team + "/", LeadsHome},
		{"https://FLAGS.acme.io:443/team/new-user?invite=s", team, LeadsHome},
		{"http://flags.acme.io:80/new-user", "http://flags.acme.io", LeadsHome},
		{"https://[2001:DB8::1]/new-user", "https://[2001:db8::1]:443", LeadsHome},
		{"", team, LeadsHome},
		{"https://flags.acme.io/team/new-user", "", LeadsHome},
		{"http://localhost:4242/new-user", "http://127.0.0.1:4242", LeadsHomeHere},
		{"http://[::1]:4242/new-user", "http://unleash.localhost:4242", LeadsHomeHere},
		{"http://localhost:4242/team/new-user", team, LeadsToReader},
		{"http://0.0.0.0/new-user", team, LeadsToReader},
		{"http://[::ffff:127.0.0.1]/new-user", team, LeadsToReader},
		{"https://other.acme.io/team/new-user", team, LeadsToAnotherHost},
		{"https://flags.acme.io/new-user", "http://localhost:4242", LeadsToAnotherHost},
		{"https://flags.acme.io:8443/team/new-user", team, LeadsToAnotherPage},
		{"http://flags.acme.io/team/new-user", team, LeadsToAnotherPage},
		{"http://flags.acme.io:443/team/new-user", team, LeadsToAnotherPage},
		{"https://flags.acme.io/new-user", team, LeadsToAnotherPage},
		{"https://flags.acme.io/team/team/new-user", team, LeadsToAnotherPage},
		{"https://flags.acme.io/Team/new-user", team, LeadsToAnotherPage},
		{"https://flags.acme.io/team/new-user/", team, LeadsToAnotherPage},
		{"https://flags.acme.io/team//new-user", team, LeadsToAnotherPage},
		{"https://flags.acme.io/team/login", team, LeadsToAnotherPage},
		{"http://localhost:4243/new-user", "http://localhost:4242", LeadsToAnotherPage},
	} {
		if got := Leads(tt.link, tt.address); got != tt.want {
			t.Errorf("%s on %s: %d, want %d", tt.link, tt.address, got, tt.want)
		}
	}
}

func TestHoldsSecret(t *testing.T) {
	for link, want := range map[string]bool{
		"https://h/new-user?invite=abc": true, "https://h/new-user?x=1&invite=abc": true,
		"https://h/new-user": false, "https://h/new-user?invite=": false, "https://h/new-user?invite=abcd": false, "https://h/new-user?x=abc": false,
		"https://h/abc": false, "https://h/new-user?invite=abc&invite=d": false, "https://h/new-user?invite=abc#x": false, "https://h/new-user#?invite=abc": false, "://": false,
	} {
		if got := (Token{Secret: "abc", URL: link}).HoldsSecret(); got != want {
			t.Errorf("%s: %t", link, got)
		}
	}
}
