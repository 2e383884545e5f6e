package cli

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"unleash-invite/config"
	"unleash-invite/demo"
	"unleash-invite/exit"
)

func TestARotationThatIsNotDueCanBeFine(t *testing.T) {
	w := one(t, live("default", 5))
	got := w.run(t, "rotate", "--yes", "--json", "--if-ends-within", "48h", "--ok-if-not-due")
	if told := valid(t, got.stdout); got.code != exit.OK || told["exit"] != 0.0 || w.writes() != 0 || !strings.Contains(got.stderr, "Not due") {
		t.Errorf("%+v", got)
	}
	if got := w.run(t, "rotate", "-q", "--yes", "--if-ends-within", "1w", "--ok-if-not-due"); got.code != exit.OK || !oneURL.MatchString(got.stdout) {
		t.Errorf("due: %+v", got)
	}
}

func TestSpansMayBeDaysAndWeeks(t *testing.T) {
	for text, code := range map[string]int{
		"48h": exit.NothingToDo, "2d": exit.NothingToDo, "1d12h": exit.NothingToDo, "1w": exit.OK, "6d": exit.OK,
		"0": exit.Usage, "0h": exit.Usage, "-48h": exit.Usage, "48": exit.Usage, "1y": exit.Usage, "": exit.Usage, "d": exit.Usage,
	} {
		w := one(t, live("default", 5))
		got := w.run(t, "rotate", "--yes", "--if-ends-within", text)
		if got.code != code || (w.writes() > 0) != (code == exit.OK) || code == exit.Usage && !strings.Contains(got.stderr, "--if-ends-within takes a span such as 90m, 48h, 2d or 1w.") {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

func TestAFleetOfWhichSomeAreNotDueIsDone(t *testing.T) {
	for failed, want := range map[bool]int{false: exit.OK, true: exit.Partly} {
		w := newWorld()
		w.add(t, config.Profile{Name: "due"}, demo.AdminToken, live("default", 1))
		w.add(t, config.Profile{Name: "later"}, demo.AdminToken, live("default", 9))
		if failed {
			w.add(t, config.Profile{Name: "dead"}, demo.AdminToken).Close()
		}
		got := w.run(t, "rotate", "--all", "--yes", "--if-ends-within", "48h")
		if got.code != want || strings.Count(got.stdout, "new-user?invite=") != 1 {
			t.Errorf("failed: %v: %+v", failed, got)
		}
		if got := w.run(t, "rotate", "--profile", "due", "--profile", "later", "--yes", "--if-ends-within", "1h"); got.code != exit.NothingToDo {
			t.Errorf("none is due: %+v", got)
		}
	}
}

// Where somebody joined, and every account can read a new link, a rotation says so.
func TestARotationWarnsOfThoseWhoCanReadTheNewLink(t *testing.T) {
	for _, test := range []struct {
		version, joined, says string
	}{
		{`{"version":"6.10.1"}`, "Ann", "On Unleash 6.10.1 every account can read the new link"},
		{`{"version":"8.2.0"}`, "Ann", ""},
		{`no`, "Ann", "Every account may be able to read the new link"},
		{`{"version":"6.10.1"}`, "", ""},
	} {
		var joined []string
		if test.joined != "" {
			joined = append(joined, test.joined)
		}
		w := one(t, live("default", 5, joined...))
		w.before = func(out http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path != "/api/admin/ui-config" {
				return false
			}
			out.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(out, test.version)
			return true
		}
		got := w.run(t, "rotate", "--yes", "--json")
		told := valid(t, got.stdout)
		if warnings, _ := told["warnings"].([]any); got.code != exit.OK || (len(warnings) == 1) != (test.says != "") || !strings.Contains(got.stderr, test.says) {
			t.Errorf("%+v: %+v", test, got)
		}
		if quiet := w.run(t, "rotate", "--yes", "-q"); quiet.code != exit.OK || quiet.stderr != "" {
			t.Errorf("%+v: %+v", test, quiet)
		}
	}
}
