package tui

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"unleash-invite/demo"
)

var update = flag.Bool("update", false, "write the golden screens anew")

// scene is a state of the program to look at.
type scene struct {
	name  string
	links []demo.Link
	reach func(*driver)
}

func press(keys ...string) func(*driver) { return func(d *driver) { d.press(keys...) } }

func scenes() []scene {
	joined := live("default", "Ann Smith", "Bob", "Carol Díaz", "山田 太郎")
	expired, refused, gone := live("default"), live("default"), live("default")
	expired.ExpiresAt = noon.AddDate(0, 0, -3)
	refused.ExpiresAt = noon.Add(3 * time.Hour)
	gone.Deleted = true
	many := []demo.Link{live(strings.Repeat("long name 長い名前 ", 20), strings.Repeat("Ann ", 99)), live("b"), live("c")}
	many[0].ExpiresAt = noon.AddDate(0, 0, 20)
	one := []demo.Link{joined}
	return []scene{
		{"status-active", one, press()},
		{"status-none", nil, press()},
		{"status-expired", []demo.Link{expired}, press()},
		{"status-refused", []demo.Link{refused}, press()},
		{"status-deleted", []demo.Link{gone}, press()},
		{"status-others", many, press()},
		{"status-away", one, func(d *driver) {
			d.net.set(refuse)
			d.now = d.now.Add(time.Minute)
			d.refreshed()
		}},
		{"status-notice", one, press("n")},
		{"create", nil, press("n")},
		{"create-custom", nil, func(d *driver) { d.press("n"); d.write("2026-12-01 18:00") }},
		{"create-wrong", []demo.Link{expired}, func(d *driver) { d.press("n"); d.write("2028-01-01"); d.press("enter") }},
		{"edit", one, press("e")},
		{"limit", one, press("w")},
		{"limit-asked", one, func(d *driver) { d.press("w"); d.write("20"); d.press("tab"); d.write("18:00") }},
		{"limit-wrong", one, func(d *driver) { d.press("w"); d.write("none"); d.press("enter") }},
		{"limited", one, func(d *driver) { d.press("w"); d.write("20"); d.press("enter") }},
		{"limit-reached", one, func(d *driver) { d.press("w"); d.write("2"); d.press("enter") }},
		{"delete", one, press("d")},
		{"deleting", one, func(d *driver) {
			d.press("d")
			d.hold = true
			d.press("y")
			d.slow()
		}},
		{"help", one, press("?")},
		{"links", several(), press("l", "down")},
		{"links-filter", several(), func(d *driver) { d.press("l", "/"); d.write("de") }},
		{"joined", one, press("j")},
		{"joined-all", several(), press("j", "down")},
		{"remove", one, press("j", "space", "down", "space", "d")},
		{"removing", one, func(d *driver) {
			d.press("j", "a", "d")
			d.hold = true
			d.press("y")
			d.slow()
		}},
		{"removed", one, press("j", "space", "d", "y")},
		{"maintenance", one, func(d *driver) { d.m.session.Server.Maintenance = true }},
		{"maintenance-off", one, func(d *driver) { d.m.session.Server.Maintenance = true; d.press("o") }},
		{"role", one, press("j", "e")},
		{"role-admin", one, press("j", "e", "home", "enter")},
		{"production-remove", one, func(d *driver) { onProduction(d); d.press("j", "d"); d.write("acm"); d.press("enter") }},
		{"joined-since", several(), func(d *driver) { d.press("j", "s"); d.write("yesterday 18:00") }},
		{"joined-since-wrong", several(), func(d *driver) { d.press("j", "s"); d.write("soon"); d.press("enter") }},
		{"joined-rotated", several(), func(d *driver) { d.press("r"); d.write("2"); d.press("enter", "j", "a") }},
		{"joined-filter", several(), func(d *driver) { d.press("j", "/"); d.write("an") }},
		{"qr", one, press("g")},
		{"curl", one, press("x")},
		{"curl-deleted", one, press("d", "y", "x")},
		{"masked", one, press("m")},
		{"masked-qr", one, press("m", "g")},
		{"rotate", several(), press("r")},
		{"rotate-readable", one, func(d *driver) { d.m.session.Server.Version = "6.10.1"; d.press("r") }},
		{"rotating", one, func(d *driver) { d.press("r"); d.rotatingUntil("creating the new link", http.MethodPost, "y") }},
		{"rotated", one, press("r", "y")},
		{"rotated-several", several(), func(d *driver) { d.press("r"); d.write("2"); d.press("enter") }},
		{"rotated-half", one, func(d *driver) { d.refuseWrites(http.MethodPost); d.press("r", "y") }},
		{"new-token", one, func(d *driver) { d.expire(); d.press("t") }},
		{"new-token-wrong", one, func(d *driver) { d.expire(); d.press("t"); d.paste("user:other"); d.press("enter") }},
		{"status-refused-token", one, func(d *driver) { d.expire() }},
		{"restore", several(), press("l", "end", "u")},
		{"connect", nil, firstStart()},
		{"connect-found", nil, firstStart("flags.acme.io", "enter")},
		{"connect-elsewhere", nil, firstStart("http://flags.acme.io/wrong", "enter")},
		{"connect-no-host", nil, firstStart("flags.acme.example", "enter")},
		{"connect-no-admin", nil, firstStart("flags.acme.io", "enter", demo.ViewerToken, "enter")},
		{"remember", nil, firstStart("flags.acme.io", "enter", demo.AdminToken, "enter")},
		{"remember-file", nil, firstStart("flags.acme.io", "enter", demo.AdminToken, "enter", "left", "right", "right", "right", "tab")},
		{"remember-command", nil, firstStart("flags.acme.io", "enter", demo.AdminToken, "enter", "right", "enter")},
		{"profiles", nil, onProfiles("p")},
		{"profiles-error", nil, onProfiles("p", "down", "down")},
		{"profiles-asks", nil, onProfiles("p", "end")},
		{"profiles-none", one, press("p")},
		{"profiles-marked", nil, onFleet("p", "space", "space", "down")},
		{"rotate-profile", nil, onFleet("p", "space", "r")},
		{"rotate-profiles", nil, onFleet("p", "space", "space", "r")},
		{"rotate-profiles-production", nil, onFleet("p", "space", "end", "space", "up", "space", "r")},
		{"rotating-profiles", nil, func(d *driver) {
			onFleet("p", "space", "space", "r", "3")(d)
			d.hold = true
			d.press("enter")
			d.slow()
		}},
		{"rotated-profiles", nil, func(d *driver) {
			onFleet("p", "space", "space", "r", "3")(d)
			d.fails(func(r *http.Request) (*http.Response, error) {
				if r.Method == http.MethodPost && r.URL.Host == "team.acme.io" {
					return nil, errRefused
				}
				return nil, nil
			})
			d.press("enter")
		}},
		{"production", one, onProduction},
		{"production-delete", one, func(d *driver) { onProduction(d); d.press("d"); d.write("acm"); d.press("enter") }},
		{"production-rotate", one, func(d *driver) { onProduction(d); d.press("r"); d.write("acme") }},
		{"warnings", one, func(d *driver) {
			d.m.session.Server.PasswordAuthDisabled, d.m.session.Server.Maintenance = true, true
			d.m.session.Instance.Address = "https://flags.acme.io"
		}},
		{"error-long", one, func(d *driver) {
			d.net.set(answer(500, "text/plain", strings.Repeat("word ", 80)))
			d.refreshed()
			d.press("d", "y")
		}},
	}
}

func TestGoldenScreens(t *testing.T) {
	for _, s := range scenes() {
		for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
			t.Run(fmt.Sprintf("%s-%dx%d", s.name, size[0], size[1]), func(t *testing.T) {
				d := start(t, size[0], size[1], s.links...)
				s.reach(d)
				compareGolden(t, d.screen())
			})
		}
	}
}

func compareGolden(t *testing.T, got string) {
	t.Helper()
	path := filepath.Join("testdata", "screens", filepath.Base(t.Name())+".txt")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the screen changed (go test ./tui -update takes it as it is):\n%s\nwas:\n%s", got, want)
	}
}
