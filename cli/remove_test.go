package cli

import (
	"net/http"
	"strings"
	"testing"

	"unleash-invite/exit"
	"unleash-invite/tui/draw"
)

func TestRemoveTakesOutWhoJoined(t *testing.T) {
	w := one(t, live("default", 5, "Ann", "Bob", "Carol"), live("more", 6, "Dan"))
	ids := strings.Fields(w.run(t, "joined", "-q").stdout)
	if len(ids) != 4 {
		t.Fatalf("%q", ids)
	}
	for _, args := range []string{"remove", "remove user:secret", "remove 0", "remove -y --joined-since 2h " + ids[0]} {
		if got := w.run(t, strings.Fields(args)...); got.code != exit.Usage || strings.Contains(got.stderr, "secret") {
			t.Errorf("%s: %+v", args, got)
		}
	}
	for args, code := range map[string]int{
		"remove " + ids[0]: exit.Usage, "remove --dry-run " + ids[0]: exit.OK, "remove --yes 1": exit.Failure, "remove --yes 99": exit.NothingToDo,
		"remove --yes --read-only " + ids[0]: exit.Usage, "remove --yes --joined-since 1ns": exit.NothingToDo,
	} {
		if got := w.run(t, strings.Fields(args)...); got.code != code || w.writes() != 0 {
			t.Errorf("%s: %+v", args, got)
		}
	}
	if got := w.run(t, "remove", "--yes", "-q", ids[0], ids[0]); got.code != exit.OK || got.stdout != ids[0]+"\n" {
		t.Errorf("%+v", got)
	}
	got := w.run(t, "remove", "--yes", "--json", "--joined-since", "2h")
	told := valid(t, got.stdout)
	if got.code != exit.OK || len(told["changes"].([]any)) != 3 {
		t.Errorf("%+v", got)
	}
	if left := w.run(t, "joined", "-q"); left.stdout != "" {
		t.Errorf("left are %q", left.stdout)
	}
}

func TestARemovalThatWorksInPartSaysSo(t *testing.T) {
	w := one(t, live("default", 5, "Ann", "Bob"))
	ids := strings.Fields(w.run(t, "joined", "-q").stdout)
	w.before = func(out http.ResponseWriter, r *http.Request) bool {
		refuse := r.Method == http.MethodDelete && strings.HasSuffix(r.URL.Path, "/"+ids[0])
		if refuse {
			out.Header().Set("Content-Type", "application/json")
			out.WriteHeader(http.StatusForbidden)
			_, _ = out.Write([]byte(`{"id":"1","name":"PermissionError","message":"no"}`))
		}
		return refuse
	}
	got := w.run(t, "remove", "--yes", "--json", "--joined-since", "2h")
	if told := valid(t, got.stdout); got.code != exit.Partly || len(told["changes"].([]any)) != 1 || !strings.Contains(got.stderr, "1 of 2 accounts were not removed") {
		t.Errorf("%+v", got)
	}
}

// A removal that broke off can be run again as it was: whose account is gone is passed over. One that is there, but did not
// join by a link, stops it.
func TestARemovalCanBeRunAgain(t *testing.T) {
	w := one(t, live("default", 5, "Ann", "Bob", "Carol"))
	ids := strings.Fields(w.run(t, "joined", "-q").stdout)
	if got := w.run(t, "remove", "--yes", ids[1]); got.code != exit.OK {
		t.Fatalf("%+v", got)
	}
	all := append([]string{"remove", "--yes", "--json"}, ids...)
	if got := w.run(t, append(all, "1")...); got.code != exit.Failure || !strings.Contains(got.stderr, "Nobody was removed") {
		t.Errorf("%+v", got)
	}
	got := w.run(t, all...)
	if told := valid(t, got.stdout); got.code != exit.OK || len(told["changes"].([]any)) != 2 ||
		!strings.Contains(got.stderr, "There is no account with the id "+ids[1]) {
		t.Errorf("%+v", got)
	}
	if got := w.run(t, all...); got.code != exit.NothingToDo || !strings.Contains(got.stderr, "Nobody is left to remove") {
		t.Errorf("%+v", got)
	}
}

// --mask hides e-mails as the screen does, and the account that is removed is the right one all the same.
func TestMaskHidesEmails(t *testing.T) {
	w := one(t, live("default", 5, "Ann", "Bob"))
	for _, line := range []string{
		"joined", "joined --json", "remove --joined-since 2h", "remove --joined-since 2h --dry-run --json", "remove --joined-since 2h --yes",
	} {
		got := w.run(t, append(strings.Fields(line), "--mask")...)
		if all := got.stdout + got.stderr; strings.Contains(all, "@example.com") || strings.Count(all, draw.MaskedEmail) != 2 {
			t.Errorf("%s: %+v", line, got)
		}
	}
	if left := w.run(t, "joined", "-q"); left.stdout != "" {
		t.Errorf("left are %q", left.stdout)
	}
	got := w.watchFor(t, []string{"--mask", "--exec", `echo "$UNLEASH_INVITE_EMAIL"`}, func() { w.join(t, "Eve") })
	if !strings.Contains(got.stdout, draw.MaskedEmail+" Eve") || strings.Contains(got.stdout, "eve@") || !strings.Contains(got.stderr, "eve@example.com") {
		t.Errorf("%+v", got)
	}
}
