package instances

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"unleash-invite/client"
	"unleash-invite/config"
	"unleash-invite/demo"
)

func theDemo() *Instances { return OfDemo(time.Now, false) }

func TestTheDemosProfiles(t *testing.T) {
	i := theDemo()
	list, err := i.Profiles()
	if err != nil || len(list) != 3 || !list[0].Default || !list[1].ReadOnly || !list[2].Production {
		t.Fatalf("%+v, %v", list, err)
	}
	hosts, statuses := []string{}, []string{}
	for _, p := range list {
		on, err := i.Open(t.Context(), p.Name, false)
		if err != nil || on.Profile != p.Name || on.ReadOnly != p.ReadOnly || on.Production != p.Production || on.Address != p.URL {
			t.Fatalf("%s: %+v, %v", p.Name, on, err)
		}
		links, err := on.Client.Look(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		current, _ := links.Current(time.Now())
		hosts, statuses = append(hosts, on.Host), append(statuses, current.Status(time.Now()).String())
	}
	if !slices.Equal(hosts, []string{"demo", "demo/projector", "demo/production"}) || !slices.Equal(statuses, []string{"Active", "Active", "Refused"}) {
		t.Errorf("%q are %q", hosts, statuses)
	}
}

func TestTheDemoStartsWhereItIsTold(t *testing.T) {
	for name, want := range map[string]string{"": "demo", "production": "production", "projector": "projector"} {
		c := config.Config{Demo: true, Profile: config.Profile{Name: name}}
		on, err := theDemo().First(t.Context(), c, false)
		if err != nil || on.Profile != want {
			t.Errorf("%q: %+v, %v", name, on, err)
		}
	}
	c := config.Config{Demo: true, Profile: config.Profile{Name: "user:secret"}}
	if _, err := theDemo().First(t.Context(), c, false); err == nil || !strings.Contains(err.Error(), "demo, projector, production") {
		t.Error(err)
	}
}

func TestTheDemoIsConnectedTo(t *testing.T) {
	i := theDemo()
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
	if _, _, _, err := i.SignIn(t.Context(), demo.Origin, demo.ViewerToken); err == nil || !strings.Contains(err.Error(), "not an Admin") {
		t.Error(err)
	}
	in, user, server, err := i.SignIn(t.Context(), demo.Origin+"/production", demo.AdminToken)
	if err != nil || user.Name != "admin" || server.Version != demo.Version || in.Host != "demo/production" {
		t.Fatalf("%+v, %v", in, err)
	}
	if keep := i.CanKeep(t.Context()); len(keep) != 4 || keep[0] != config.InKeyring {
		t.Errorf("%v", keep)
	}
	p := config.Profile{Name: "mine", URL: in.Address, Source: config.Source{Kind: config.ByCommand, From: "pass x"}, Default: true}
	if err := i.Remember(t.Context(), p, demo.AdminToken); err != nil {
		t.Fatal(err)
	}
	list, err := i.Profiles()
	if err != nil || len(list) != 4 || list[0].Default || !list[3].Default || list[3].Source.String() != "the command pass" {
		t.Errorf("%+v, %v", list, err)
	}
	if on, err := i.Open(t.Context(), "mine", false); err != nil || on.Address != in.Address {
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
	r := &remembered{demonstration: newDemonstration(time.Now, false)}
	i := &Instances{profiles: r, options: []client.Option{client.WithTransport(r)}}
	open := func(want int) {
		t.Helper()
		if _, err := i.Open(t.Context(), "demo", false); err != nil || r.asked != want {
			t.Errorf("asked %d times, want %d: %v", r.asked, want, err)
		}
	}
	open(1)
	open(1)
	if err := i.Remember(t.Context(), config.Profile{Name: "demo", URL: demo.Origin, Default: true}, "user:new"); err != nil {
		t.Fatal(err)
	}
	open(2)
}

func TestAProfilesMarksHoldForItsAddress(t *testing.T) {
	d := newDemonstration(time.Now, false)
	i := &Instances{profiles: d, options: []client.Option{client.WithTransport(d)}}
	for address, want := range map[string]struct{ production, readOnly bool }{
		demo.Origin:                      {},
		demo.Origin + "/production":      {production: true},
		demo.Origin + "/production/api/": {production: true},
		demo.Origin + "/projector/":      {readOnly: true},
	} {
		in, _, _, err := i.SignIn(t.Context(), address, demo.AdminToken)
		if err != nil || in.Production != want.production || in.ReadOnly != want.readOnly {
			t.Errorf("%s: %+v, %v", address, in, err)
		}
	}
	writing := config.Profile{Name: "admin", URL: demo.Origin + "/projector", Source: config.Source{Kind: config.InKeyring}}
	if err := d.Save(t.Context(), writing, demo.AdminToken); err != nil {
		t.Fatal(err)
	}
	in, _, _, err := i.SignIn(t.Context(), demo.Origin+"/projector", demo.AdminToken)
	if err != nil || in.ReadOnly {
		t.Errorf("a profile of that address may write: %+v, %v", in, err)
	}
	if on, err := i.Open(t.Context(), "projector", false); err != nil || !on.ReadOnly {
		t.Errorf("its own mark is lost: %+v, %v", on, err)
	}
}
