package config

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

func load(env map[string]string, stdin string, args ...string) (Config, error) {
	return loadWith(Profiles{path: "/nowhere/profiles.toml"}, env, stdin, args...)
}

func loadWith(profiles Profiles, env map[string]string, stdin string, args ...string) (Config, error) {
	var flags Flags
	set := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.Register(set)
	if err := set.Parse(args); err != nil {
		return Config{}, err
	}
	return Load(&flags, func(name string) string { return env[name] }, strings.NewReader(stdin), profiles)
}

func TestLoad(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("user:file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{EnvURL: "http://env", EnvToken: "user:env"}
	tests := []struct {
		name  string
		env   map[string]string
		stdin string
		args  []string
		want  Config
	}{
		{"environment", env, "", nil, Config{URL: "http://env", Token: "user:env"}},
		{"url flag before environment", env, "", []string{"--url", "http://flag"}, Config{URL: "http://flag", Token: "user:env"}},
		{"token file before environment", env, "", []string{"--token-file", file}, Config{URL: "http://env", Token: "user:file", TokenFile: file}},
		{"token from standard input", env, " user:stdin \r\n", []string{"--token-file=-"}, Config{URL: "http://env", Token: "user:stdin", TokenFile: "-"}},
		{"spaces around the environment's values", map[string]string{EnvURL: " http://env ", EnvToken: "user:env\n"}, "", nil,
			Config{URL: "http://env", Token: "user:env"}},
		{"demo needs nothing", nil, "", []string{"--demo"}, Config{Demo: true}},
		{"demo before environment", env, "", []string{"--demo"}, Config{Demo: true}},
		{"read-only by the flag", env, "", []string{"--read-only"}, Config{URL: "http://env", Token: "user:env", ReadOnly: true}},
		{"read-only by the environment", map[string]string{EnvURL: "u", EnvToken: "t", EnvReadOnly: "1"}, "", nil,
			Config{URL: "u", Token: "t", ReadOnly: true}},
		{"read-only demo", map[string]string{EnvReadOnly: "true"}, "", []string{"--demo"}, Config{Demo: true, ReadOnly: true}},
		{"the flag before the environment", map[string]string{EnvReadOnly: "1"}, "", []string{"--demo", "--read-only=false"}, Config{Demo: true}},
	}
	for _, tt := range tests {
		got, err := load(tt.env, tt.stdin, tt.args...)
		if err != nil || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: %q %q, %v", tt.name, got.URL, string(got.Token), err)
		}
	}
}

func TestLoadSaysWhatIsMissing(t *testing.T) {
	env := map[string]string{EnvURL: "http://env", EnvToken: "user:env"}
	tests := []struct {
		name string
		env  map[string]string
		args []string
		want []string
	}{
		{"nothing set", nil, nil, []string{"UNLEASH_URL", "UNLEASH_TOKEN", "--demo"}},
		{"no url", map[string]string{EnvToken: "x"}, nil, []string{"UNLEASH_URL", "--url"}},
		{"no token", map[string]string{EnvURL: "x"}, nil, []string{"UNLEASH_TOKEN", "--token-file"}},
		{"read-only unclear", map[string]string{EnvReadOnly: "maybe"}, []string{"--demo"}, []string{"UNLEASH_READ_ONLY"}},
		{"no such file", env, []string{"--token-file", "/nowhere/token"}, []string{"the token file can't be read"}},
		{"empty standard input", env, []string{"--token-file", "-"}, []string{"standard input is empty"}},
		{"a folder", env, []string{"--token-file", t.TempDir()}, []string{"can't be read"}},
	}
	for _, tt := range tests {
		_, err := load(tt.env, " \n", tt.args...)
		if err == nil {
			t.Errorf("%s: no error", tt.name)
			continue
		}
		for _, want := range tt.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %q lacks %q", tt.name, err, want)
			}
		}
		if strings.ContainsAny(err.Error(), "\n\r") || strings.Contains(err.Error(), "user:") {
			t.Errorf("%s: not one line without the token: %q", tt.name, err)
		}
	}
	if _, err := load(nil, strings.Repeat("x", maxToken+1), "--token-file", "-"); err == nil || !strings.Contains(err.Error(), "too long") {
		t.Errorf("a long token: %v", err)
	}
}

func TestSecretIsNotPrinted(t *testing.T) {
	c := Config{Token: "user:secret", Profile: Profile{Source: Source{Kind: InFile, Token: "user:secret"}}}
	for _, text := range []string{fmt.Sprint(c), fmt.Sprintf("%+v", c), fmt.Sprintf("%#v", c)} {
		if strings.Contains(text, "user:secret") {
			t.Errorf("printed: %s", text)
		}
	}
}
