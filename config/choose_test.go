package config

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// written are the profiles of a file with that text; none when it is empty.
func written(t *testing.T, text string) Profiles {
	t.Helper()
	p := Profiles{path: filepath.Join(t.TempDir(), "unleash-invite", "profiles.toml"), getenv: func(string) string { return "" }}
	if text == "" {
		return p
	}
	if err := os.Mkdir(filepath.Dir(p.path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p.path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestPrecedence holds every mix of what can name an instance to the order that choose tells.
func TestPrecedence(t *testing.T) {
	const (
		url, token, env = "UNLEASH_URL=http://env", "UNLEASH_TOKEN=user:env", "UNLEASH_PROFILE=local one"
		flag, file      = "--url=http://flag", "--token-file=-"
		named           = "--profile=local one"
	)
	pair := func(url, token Secret) Config { return Config{URL: string(url), Token: token} }
	piped := func(url, token Secret) Config { return Config{URL: string(url), Token: token, TokenFile: "-"} }
	remembered := func(p Profile) Config { return Config{Profile: p} }
	tests := []struct {
		name  string
		given []string
		want  Config
		err   string // part of it
	}{
		{"nothing", nil, remembered(acme()), ""},
		{"the environment", []string{url, token}, pair("http://env", "user:env"), ""},
		{"half of the environment: the address", []string{url}, Config{}, "the token is missing"},
		{"half of the environment: the token", []string{token}, Config{}, "address is missing"},
		{"the address of the default profile alone", []string{"UNLEASH_URL=https://flags.acme.io/eu"}, remembered(acme()), ""},
		{"the same in other words", []string{"UNLEASH_URL= HTTPS://Flags.Acme.IO:443/eu/api/ "}, remembered(acme()), ""},
		{"another path than the default profile's", []string{"UNLEASH_URL=https://flags.acme.io"}, Config{}, "UNLEASH_URL is set without UNLEASH_TOKEN"},
		{"another port", []string{"UNLEASH_URL=https://flags.acme.io:8443/eu"}, Config{}, "the default profile acme is not used: unset UNLEASH_URL"},
		{"another scheme", []string{"UNLEASH_URL=http://flags.acme.io/eu"}, Config{}, "unset UNLEASH_URL"},
		{"the address of another profile", []string{"UNLEASH_URL=http://localhost:4242"}, Config{}, "unset UNLEASH_URL"},
		{"a token in the wrong variable", []string{"UNLEASH_URL=user:secret"}, Config{}, "unset UNLEASH_URL"},
		{"the token in the way", []string{token}, Config{}, "unset UNLEASH_TOKEN"},
		{"the default profile's address by flag", []string{"--url=https://flags.acme.io/eu"}, Config{}, "the token is missing"},
		{"a named profile in the environment", []string{env}, remembered(local()), ""},
		{"the environment's pair before its profile", []string{url, token, env}, pair("http://env", "user:env"), ""},
		{"a named profile before half a pair", []string{url, env}, remembered(local()), ""},
		{"a named profile before the other half", []string{token, env}, remembered(local()), ""},
		{"--profile", []string{named}, remembered(local()), ""},
		{"--profile before the environment", []string{named, url, token}, remembered(local()), ""},
		{"--profile before half of it", []string{named, url}, remembered(local()), ""},
		{"--profile before UNLEASH_PROFILE", []string{"--profile=acme", env}, remembered(acme()), ""},
		{"--profile and --url", []string{named, flag}, Config{}, "leave out --url and --token-file"},
		{"--profile and --token-file", []string{named, file}, Config{}, "leave out --url and --token-file"},
		{"--url with the environment's token", []string{flag, token}, pair("http://flag", "user:env"), ""},
		{"--url without a token", []string{flag}, Config{}, "the token is missing"},
		{"--url without a token, and UNLEASH_PROFILE", []string{flag, env}, Config{}, "the token is missing"},
		{"--token-file with the environment's address", []string{file, url}, piped("http://env", "user:stdin"), ""},
		{"--token-file without an address", []string{file}, Config{}, "address is missing"},
		{"--token-file without an address, and UNLEASH_PROFILE", []string{file, env}, Config{}, "address is missing"},
		{"both flags", []string{flag, file, url, token, env}, piped("http://flag", "user:stdin"), ""},
		{"an empty --url", []string{"--url="}, Config{}, "address is missing"},
		{"an unknown --profile", []string{"--profile=user:secret"}, Config{}, "--profile can't be used: there is no profile with that name"},
		{"an unknown UNLEASH_PROFILE", []string{"UNLEASH_PROFILE=user:secret"}, Config{}, "UNLEASH_PROFILE can't be used"},
		{"an empty --profile", []string{"--profile="}, Config{}, "acme, local one"},
		{"--demo before all", []string{"--demo", url, token, env}, Config{Demo: true}, ""},
		{"--demo with a profile", []string{"--demo", "--profile=x"}, Config{Demo: true, Profile: Profile{Name: "x"}}, ""},
		{"--read-only on a profile", []string{named, "--read-only"}, Config{Profile: local(), ReadOnly: true}, ""},
		{"a read-only profile stays it", []string{"--read-only=0"}, remembered(acme()), ""},
	}
	profiles := written(t, twoProfiles)
	for _, tt := range tests {
		vars, args := map[string]string{}, []string(nil)
		for _, each := range tt.given {
			if name, value, _ := strings.Cut(each, "="); strings.HasPrefix(each, "UNLEASH") {
				vars[name] = value
			} else {
				args = append(args, each)
			}
		}
		got, err := loadWith(profiles, vars, "user:stdin", args...)
		switch {
		case tt.err == "" && (err != nil || !reflect.DeepEqual(got, tt.want)):
			t.Errorf("%s: %+v, %v", tt.name, got, err)
		case tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err) || strings.Contains(err.Error(), "secret")):
			t.Errorf("%s: %+v, %v, want %s", tt.name, got, err, tt.err)
		}
	}
}

func TestNothingIsConfigured(t *testing.T) {
	many := strings.Replace(twoProfiles, `default = "acme"`, "", 1)
	for text, want := range map[string]string{"": "UNLEASH_URL", "# none yet\n": "UNLEASH_URL", many: "--profile"} {
		got, err := loadWith(written(t, text), nil, "", "--read-only")
		if !errors.Is(err, ErrNoInstance) || !strings.Contains(err.Error(), want) || !got.ReadOnly {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
}

func TestABrokenProfilesFileMattersOnlyWhereItIsRead(t *testing.T) {
	broken := written(t, "default = user:secret")
	load := func(vars map[string]string) error {
		_, err := loadWith(broken, vars, "")
		return err
	}
	if err := load(map[string]string{EnvURL: "u", EnvToken: "t"}); err != nil {
		t.Errorf("with all in the environment: %v", err)
	}
	for _, vars := range []map[string]string{nil, {EnvProfile: "x"}} {
		err := load(vars)
		if err == nil || errors.Is(err, ErrNoInstance) || !strings.Contains(err.Error(), broken.Path()+" can't be read from line 1") {
			t.Errorf("%v: %v", vars, err)
		}
	}
}
