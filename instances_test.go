package main

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"unleash-invite/client"
	"unleash-invite/config"
	"unleash-invite/demo"
	"unleash-invite/tui"
)

func demoOf(t *testing.T, c config.Config) *instances {
	t.Helper()
	c.Demo = true
	return known(c, config.Profiles{}, time.Now)
}

func TestTheDemosProfiles(t *testing.T) {
	i := demoOf(t, config.Config{})
	list, err := i.Profiles()
	if err != nil || len(list) != 3 || !list[0].Default || !list[1].ReadOnly || !list[2].Production {
		t.Fatalf("%+v, %v", list, err)
	}
	hosts, statuses := []string{}, []string{}
	for _, p := range list {
		on, err := i.Open(t.Context(), p.Name, false)
		if err != nil || on.Profile != p.Name || on.ReadOnly != p.ReadOnly || on.Production != p.Production || on.Address != p.Address {
			t.Fatalf("%s: %+v, %v", p.Name, on, err)
		}
		links, err := on.API.Look(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		current, _ := links.Current(time.Now())
		hosts, statuses = append(hosts, on.Host), append(statuses, current.Status(time.Now()).String())
	}
	if !slices.Equal(hosts, []string{"demo", "demo/projector", "demo/production"}) || !slices.Equal(statuses, []string{"Active", "Active", "Expired"}) {
		t.Errorf("%q are %q", hosts, statuses)
	}
}

func TestTheDemoStartsWhereItIsTold(t *testing.T) {
	for name, want := range map[string]string{"": "demo", "production": "production", "projector": "projector"} {
		c := config.Config{Demo: true, Profile: config.Profile{Name: name}}
		on, err := demoOf(t, c).first(t.Context(), c, false)
		if err != nil || on.Profile != want {
			t.Errorf("%q: %+v, %v", name, on, err)
		}
	}
	c := config.Config{Demo: true, Profile: config.Profile{Name: "user:secret"}}
	if _, err := demoOf(t, c).first(t.Context(), c, false); err == nil || !strings.Contains(err.Error(), "demo, projector, production") {
		t.Error(err)
	}
}

func TestTheDemoIsConnectedTo(t *testing.T) {
	i := demoOf(t, config.Config{})
	for typed, want := range map[string]string{
		"flags.demo.example":                                 demo.Origin,
		demo.Origin + "/production/login":                    demo.Origin + "/production",
		demo.Origin + "/projector/new-user?invite=0":         demo.Origin + "/projector",
		demo.Origin + "/projects/default":                    demo.Origin,
		strings.TrimPrefix(demo.Origin, "https:") + "/admin": demo.Origin,
	} {
		if got, err := i.Find(t.Context(), typed); err != nil || got.Address != want {
			t.Errorf("%s: %+v, %v", typed, got, err)
		}
	}
	if got, err := i.Find(t.Context(), "flags.acme.io"); err == nil {
		t.Errorf("found %+v", got)
	}
	if _, err := i.SignIn(t.Context(), demo.Origin, demo.ViewerToken); err == nil || !strings.Contains(err.Error(), "no Admin") {
		t.Error(err)
	}
	in, err := i.SignIn(t.Context(), demo.Origin+"/production", demo.AdminToken)
	if err != nil || in.User.Name != "admin" || in.Server.Version != demo.Version || in.Instance.Host != "demo/production" {
		t.Fatalf("%+v, %v", in, err)
	}
	if keep := i.CanKeep(t.Context()); len(keep) != 4 || keep[0] != tui.KeepInKeyring {
		t.Errorf("%v", keep)
	}
	r := tui.Remembering{Name: "mine", Address: in.Instance.Address, Token: demo.AdminToken, Keep: tui.KeepInCommand, From: "pass x", Default: true}
	if err := i.Remember(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	list, err := i.Profiles()
	if err != nil || len(list) != 4 || list[0].Default || !list[3].Default || list[3].TokenFrom != "the command pass" {
		t.Errorf("%+v, %v", list, err)
	}
	if on, err := i.Open(t.Context(), "mine", false); err != nil || on.Address != in.Instance.Address {
		t.Errorf("%+v, %v", on, err)
	}
}

// remembered are profiles that count how often a token was asked for.
type remembered struct {
	*demonstration
	asked int
}

func (r *remembered) Token(ctx context.Context, p config.Profile, ask bool) (config.Secret, error) {
	r.asked++
	return r.demonstration.Token(ctx, p, ask)
}

func TestATokenIsFetchedOnceUntilItIsRememberedAnew(t *testing.T) {
	r := &remembered{demonstration: demoInstances(time.Now, false)}
	i := &instances{profiles: r, options: []client.Option{client.WithTransport(r)}}
	open := func(want int) {
		t.Helper()
		if _, err := i.Open(t.Context(), "demo", false); err != nil || r.asked != want {
			t.Errorf("asked %d times, want %d: %v", r.asked, want, err)
		}
	}
	open(1)
	open(1)
	if err := i.Remember(t.Context(), tui.Remembering{Name: "demo", Address: demo.Origin, Token: "user:new", Default: true}); err != nil {
		t.Fatal(err)
	}
	open(2)
}

// withProfiles makes a config directory with a profiles file for the program.
func withProfiles(t *testing.T, text string, mode os.FileMode) (env string) {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "unleash-invite", "profiles.toml")
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	return "XDG_CONFIG_HOME=" + dir
}

func TestTheProgramStartsWithAProfile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the commands are for a Unix shell")
	}
	url, seen := overHTTP(t, "")
	text := "default = \"main\"\n"
	for name, source := range map[string]string{
		"main": `token_command = "echo ` + demo.AdminToken + `"`, "env": `token_env = "ACME"`, "file": `token = "` + demo.AdminToken + `"`,
		"broken": `token_command = "echo no >&2; false"`, "unset": `token_env = "NOBODY"`, "keyring": "token_keyring = true",
	} {
		text += "[[profile]]\nname = \"" + name + "\"\nurl = \"" + url + "\"\n" + source + "\n"
	}
	home := withProfiles(t, text, 0o600)
	env := []string{home, "ACME=" + demo.AdminToken, "DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere"}
	for _, args := range [][]string{nil, {"--profile", "env"}, {"--profile", "file"}} {
		got := runProgram(t, env, "", args...)
		if sent := seen(); got.code != 0 || !strings.HasPrefix(got.stdout, "Active") || got.stderr != "" || len(sent) == 0 || sent[0] != demo.AdminToken {
			t.Errorf("%v: %+v, sent %q", args, got, sent)
		}
	}
	for name, want := range map[string]string{
		"broken":      "The token_command of the profile broken failed (exit status 1), saying no",
		"unset":       "NOBODY is not set",
		"user:secret": "there is no profile of that name",
	} {
		got := runProgram(t, env, "", "--profile", name)
		if got.code != 2 || got.stdout != "" || !strings.Contains(got.stderr, want) || strings.Count(got.stderr, "\n") != 1 ||
			strings.Contains(got.stderr, demo.AdminToken) || strings.Contains(got.stderr, "secret") {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if runtime.GOOS == "linux" {
		if got := runProgram(t, env, "", "--profile", "keyring"); got.code != 2 || !strings.Contains(got.stderr, "There is no system keyring here") {
			t.Errorf("%+v", got)
		}
	}
	open := withProfiles(t, text, 0o644)
	if got := runProgram(t, []string{open}, ""); got.code != 2 || !strings.Contains(got.stderr, "chmod 600") || strings.Contains(got.stderr, demo.AdminToken) {
		t.Errorf("an open file: %+v", got)
	}
	if got := runProgram(t, []string{open, "UNLEASH_URL=" + url, "UNLEASH_TOKEN=" + demo.AdminToken}, ""); got.code != 0 {
		t.Errorf("an open file that is not needed: %+v", got)
	}
}

func TestAProfilesMarksHoldForItsAddress(t *testing.T) {
	d := demoInstances(time.Now, false)
	i := &instances{profiles: d, options: []client.Option{client.WithTransport(d)}}
	for address, want := range map[string]struct{ production, readOnly bool }{
		demo.Origin:                      {},
		demo.Origin + "/production":      {production: true},
		demo.Origin + "/production/api/": {production: true},
		demo.Origin + "/projector/":      {readOnly: true},
	} {
		in, err := i.SignIn(t.Context(), address, demo.AdminToken)
		if err != nil || in.Instance.Production != want.production || in.Instance.ReadOnly != want.readOnly {
			t.Errorf("%s: %+v, %v", address, in.Instance, err)
		}
	}
	writing := config.Profile{Name: "admin", URL: demo.Origin + "/projector", Source: config.Source{Kind: config.InKeyring}}
	if err := d.Save(t.Context(), writing, demo.AdminToken); err != nil {
		t.Fatal(err)
	}
	in, err := i.SignIn(t.Context(), demo.Origin+"/projector", demo.AdminToken)
	if err != nil || in.Instance.ReadOnly {
		t.Errorf("a profile of that address may write: %+v, %v", in.Instance, err)
	}
	if on, err := i.Open(t.Context(), "projector", false); err != nil || !on.ReadOnly {
		t.Errorf("its own mark is lost: %+v, %v", on, err)
	}
}
