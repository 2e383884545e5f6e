package cli

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"unleash-invite/demo"
	"unleash-invite/exit"
)

// Whatever this computer's clock says, every command reckons by the server's.
func TestCommandsReckonByTheServersClock(t *testing.T) {
	const day = 24 * time.Hour
	for _, off := range []time.Duration{-30 * day, -48 * time.Hour, -3 * time.Hour, 0, 3 * time.Hour, 48 * time.Hour, 30 * day} {
		t.Run(fmt.Sprint(off), func(t *testing.T) {
			w := one(t)
			w.off = off
			run := func(args string, code int) map[string]any {
				t.Helper()
				got := w.run(t, append(strings.Fields(args), "--json")...)
				if got.code != code {
					t.Fatalf("%s: %+v", args, got)
				}
				told := valid(t, got.stdout)
				at, err := time.Parse(time.RFC3339, told["at"].(string))
				if err != nil || time.Since(at).Abs() > time.Minute {
					t.Errorf("%s was told at %v, %v", args, told["at"], err)
				}
				return told
			}
			stops := func(told map[string]any) string {
				t.Helper()
				return told["changes"].([]any)[0].(map[string]any)["link"].(map[string]any)["stopsAt"].(string)
			}
			asked := time.Now()
			if got, want := stops(run("create --for 3d", exit.OK)), stamp(asked.Add(3*day+day-1).Truncate(day)); got != want {
				t.Errorf("3 days end %s, want %s", got, want)
			}
			asked = time.Now()
			if got, want := stops(run("expire --for 36h", exit.OK)), stamp(asked.Add(36*time.Hour+day-1).Truncate(day)); got != want {
				t.Errorf("36 hours end %s, want %s", got, want)
			}
			w.join(t, "Ann")
			if people := run("joined --since 1h", exit.OK)["people"].([]any); len(people) != 1 {
				t.Errorf("joined within an hour: %v", people)
			}
			run("status", exit.OK)
			run("rotate --yes --if-ends-within 1h", exit.NothingToDo)
			run("rotate --yes --if-ends-within 96h", exit.OK)
			run("create", exit.Failure) // one is live
			run("remove --joined-since 1h --yes", exit.OK)
			run("delete --yes --all-live", exit.OK)
		})
	}
}

// A limit is an hour of the server's day, too.
func TestTheLimitIsByTheServersClock(t *testing.T) {
	w := one(t, demo.Link{Name: "default", ExpiresAt: midnight(9)})
	w.off = -48 * time.Hour
	got := w.watchFor(t, []string{"--until", time.Now().Add(-time.Hour).Format("2006-01-02T15:04"), "--yes"})
	if got.code != exit.Usage || !strings.Contains(got.stderr, "That time has passed") {
		t.Errorf("%+v", got)
	}
}
