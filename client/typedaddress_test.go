package client

import (
	"slices"
	"strings"
	"testing"

	"unleash-invite/model"
)

func TestPlaces(t *testing.T) {
	guesses := []string{"", "/unleash", "/eu", "/us", "/flags"}
	tests := []struct {
		typed   string
		origins []string
		paths   []string // before the guesses
	}{
		{"https://flags.acme.io", []string{"https://flags.acme.io"}, nil},
		{" https://flags.acme.io/eu/ ", []string{"https://flags.acme.io"}, []string{"/eu"}},
		{"flags.acme.io", []string{"https://flags.acme.io", "http://flags.acme.io"}, nil},
		{"http://flags.acme.io:8080/x", []string{"http://flags.acme.io:8080", "https://flags.acme.io:8080"}, []string{"/x"}},
		{"//flags.acme.io/a//b/../c", []string{"https://flags.acme.io", "http://flags.acme.io"}, []string{"/a/c", "/a"}},
		{"https://flags.acme.io/eu/new-user?invite=abc", []string{"https://flags.acme.io"}, []string{"/eu/new-user", "/eu"}},
		{"https://flags.acme.io/admin/users#x", []string{"https://flags.acme.io"}, []string{"/admin/users", "/admin"}},
		{"https://flags.acme.io/eu/api", []string{"https://flags.acme.io"}, []string{"/eu"}},
		{"HTTPS://flags.acme.io", []string{"https://flags.acme.io"}, nil},
		{"localhost", []string{"https://localhost", "http://localhost", "http://localhost:4242"}, nil},
		{"localhost:4242/login", []string{"https://localhost:4242", "http://localhost:4242"}, []string{"/login"}},
		{"https://127.0.0.1", []string{"https://127.0.0.1", "http://127.0.0.1", "http://127.0.0.1:4242"}, nil},
		{"http://[::1]", []string{"http://[::1]", "https://[::1]", "http://[::1]:4242"}, nil},
		{"https://unleash", []string{"https://unleash", "http://unleash"}, nil},
		{"https://10.1.2.3", []string{"https://10.1.2.3", "http://10.1.2.3"}, nil},
		{"https://8.8.8.8", []string{"https://8.8.8.8"}, nil},
		{"https://h/1/2/3/4/5/6/7/8/9/10", []string{"https://h", "http://h"}, []string{
			"/1/2/3/4/5/6/7/8", "/1/2/3/4/5/6/7", "/1/2/3/4/5/6", "/1/2/3/4/5", "/1/2/3/4", "/1/2/3", "/1/2", "/1"}},
	}
	for _, tt := range tests {
		p, err := parseTypedAddress(tt.typed)
		if err != nil {
			t.Errorf("%s: %v", tt.typed, err)
			continue
		}
		if got := p.origins(); !slices.Equal(got, tt.origins) {
			t.Errorf("%s: origins %q", tt.typed, got)
		}
		if got := p.paths(); !slices.Equal(got, append(tt.paths, guesses...)) {
			t.Errorf("%s: paths %q", tt.typed, got)
		}
	}
}

func TestNoPlaces(t *testing.T) {
	for typed, want := range map[string]string{
		"":                                     "is empty",
		"?invite=secret":                       "is empty",
		"/login":                               "has no host",
		"ftp://flags.acme.io":                  "begin with https://",
		"https://":                             "has no host",
		"me:secret@flags.acme.io":              "user name or password",
		"https://secret flags":                 "malformed",
		"flags.acme.io\x1b[31m":                "characters that no address can have",
		"user:secretsecret0123456789abc":       "looks like a token",
		"*:*.secret":                           "looks like a token",
		"default:development.0123456789abcdef": "looks like a token",
	} {
		_, err := parseTypedAddress(typed)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

func TestFoundTellsHowItDiffers(t *testing.T) {
	same, cut := model.Found{}, model.Found{Cut: true}
	guessed, insecure := model.Found{Guessed: true}, model.Found{Insecure: true}
	for _, tt := range []struct {
		typed, base string
		want        model.Found
	}{
		{"flags.acme.io", "https://flags.acme.io", same},
		{"FLAGS.acme.io:443/", "https://flags.acme.io", same},
		{"http://flags.acme.io", "http://flags.acme.io", same},
		{"http://flags.acme.io", "https://flags.acme.io", same},
		{"https://flags.acme.io/eu/api/", "https://flags.acme.io/eu", same},
		{"localhost:4242", "http://localhost:4242", same},
		{"https://flags.acme.io/admin/users", "https://flags.acme.io", cut},
		{"https://flags.acme.io/eu/projects/default?sort=name", "https://flags.acme.io/eu", cut},
		{"flags.acme.io?x", "https://flags.acme.io", cut},
		{"flags.acme.io/#/login", "https://flags.acme.io", cut},
		{"https://flags.acme.io/new-user?invite=0", "https://flags.acme.io", cut},
		{"flags.acme.io//eu/./login", "https://flags.acme.io/eu", cut},
		{"flags.acme.io", "https://flags.acme.io/unleash", guessed},
		{"flags.acme.io/european", "https://flags.acme.io/eu", guessed},
		{"localhost", "http://localhost:4242", guessed},
		{"http://flags.acme.io:8080", "https://flags.acme.io:8443", guessed},
		{"flags.acme.io", "http://flags.acme.io", insecure},
		{"https://flags.acme.io:443", "http://flags.acme.io", insecure},
		{"https://10.1.2.3", "http://10.1.2.3", insecure},
		{"unleash", "http://unleash", insecure},
		{"https://localhost:4242", "http://localhost:4242", insecure},
		{"https://unleash/login", "http://unleash", model.Found{Cut: true, Insecure: true}},
		{"https://localhost", "http://localhost:4242", model.Found{Guessed: true, Insecure: true}},
	} {
		p, err := parseTypedAddress(tt.typed)
		tt.want.Address = tt.base
		if got := p.found(tt.base); err != nil || got != tt.want {
			t.Errorf("%s: %+v, %v, want %+v", tt.typed, got, err, tt.want)
		}
	}
}
