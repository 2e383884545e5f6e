package cli

import (
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"unleash-invite/config"
	"unleash-invite/demo"
	"unleash-invite/exit"
	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// plain stands for the screens' text of a status.
func plain(links model.Links, _ model.Server, _ string, now time.Time) string {
	t, _ := links.Current(now)
	return word(t, now) + "\n" + t.URL + "\nWarning: a test\n"
}

func one(t *testing.T, links ...demo.Link) *world {
	t.Helper()
	w := newWorld()
	w.add(t, config.Profile{Name: "acme"}, demo.AdminToken, links...)
	return w
}

var oneURL = regexp.MustCompile(`^https?://\S+/new-user\?invite=[0-9a-f]{32}\n$`)

func TestEveryCommandsJSONIsOfTheSchema(t *testing.T) {
	for _, tt := range []struct {
		args string
		code int
	}{
		{"status", exit.OK}, {"link", exit.OK}, {"list", exit.OK}, {"list --live", exit.OK}, {"joined", exit.OK}, {"joined --since 2h", exit.OK},
		{"rotate", exit.Usage}, {"rotate --dry-run", exit.OK}, {"rotate --yes", exit.OK}, {"rotate --yes --if-ends-within 2h", exit.NothingToDo},
		{"expire --for 3d", exit.OK}, {"create", exit.Failure}, {"delete --yes", exit.OK}, {"delete --yes --all-live", exit.OK}, {"restore --yes", exit.OK},
		{"restore --only nowhere", exit.Failure}, {"profiles", exit.OK}, {"version", exit.OK}, {"status --read-only", exit.OK},
		{"rotate --read-only", exit.Usage}, {"", exit.OK},
	} {
		w := one(t, demo.Link{Name: "old", ExpiresAt: midnight(5), Deleted: true}, live("default", 5, "Ann", "Bob"), live("more", 6))
		got := w.run(t, append(strings.Fields(tt.args), "--json")...)
		if got.code != tt.code {
			t.Errorf("%s: %+v", tt.args, got)
		}
		if told, ok := valid(t, got.stdout)["exit"]; ok && int(told.(float64)) != tt.code {
			t.Errorf("%s: the JSON tells exit %v", tt.args, told)
		}
		if strings.Contains(got.stdout+got.stderr, "\x1b") {
			t.Errorf("%s: %q", tt.args, got.stdout)
		}
	}
}

func TestStatusAndLinkTellByTheirExitCodes(t *testing.T) {
	expired := demo.Link{Name: "default", CreatedAt: midnight(-9), ExpiresAt: midnight(-2)}
	refused := demo.Link{Name: "default", CreatedAt: midnight(-9), ExpiresAt: time.Now().UTC().Truncate(24 * time.Hour).Add(24*time.Hour - time.Second)}
	deleted := demo.Link{Name: "default", ExpiresAt: midnight(5), Deleted: true}
	for name, tt := range map[string]struct {
		links []demo.Link
		code  int
	}{
		"live": {[]demo.Link{live("default", 5)}, exit.OK}, "live under another name": {[]demo.Link{expired, live("x", 5)}, exit.OK}, "none": {nil, exit.NotJoinable},
		"expired": {[]demo.Link{expired}, exit.NotJoinable}, "refused": {[]demo.Link{refused}, exit.NotJoinable}, "deleted": {[]demo.Link{deleted}, exit.NotJoinable},
	} {
		w := one(t, tt.links...)
		for _, command := range []string{"status", "link", "", "status -q"} {
			got := w.run(t, strings.Fields(command)...)
			if got.code != tt.code || command == "status -q" && got.stdout != "" {
				t.Errorf("%s: %s: %+v", name, command, got)
			}
			if command == "link" && (oneURL.MatchString(got.stdout) != (tt.code == exit.OK) || tt.code != exit.OK && got.stdout != "") {
				t.Errorf("%s: link printed %q", name, got.stdout)
			}
		}
	}
	w := one(t, live("default", 5))
	w.before = func(out http.ResponseWriter, r *http.Request) bool {
		broken := strings.HasSuffix(r.URL.Path, "/validate")
		if broken {
			http.Error(out, "no", http.StatusBadGateway)
		}
		return broken
	}
	for _, command := range []string{"status", "link"} {
		if got := w.run(t, command); got.code != exit.Failure || strings.Count(got.stderr, "\n") != 1 || command == "link" && got.stdout != "" {
			t.Errorf("no verdict: %s: %+v", command, got)
		}
	}
}

func TestRotateDashQPrintsTheNewURLAlone(t *testing.T) {
	w := one(t, live("default", 5), live("more", 6))
	before := w.run(t, "link").stdout
	got := w.run(t, "rotate", "-q", "--yes")
	if got.code != exit.OK || !oneURL.MatchString(got.stdout) || got.stdout == before || got.stderr != "" {
		t.Fatalf("%+v", got)
	}
	if now := w.run(t, "link").stdout; now != got.stdout {
		t.Errorf("the link is %q", now)
	}
	if list := w.run(t, "list", "--live", "-q"); strings.Count(list.stdout, "\n") != 1 {
		t.Errorf("live are %q", list.stdout)
	}
}

func TestNothingIsWrittenThatWasNotAgreedTo(t *testing.T) {
	for _, tt := range []struct {
		args string
		code int
		says string
	}{
		{"rotate", exit.Usage, "add --yes"}, {"delete", exit.Usage, "add --yes"}, {"delete --all-live", exit.Usage, "add --yes"},
		{"restore", exit.Usage, "add --yes"}, {"rotate --dry-run", exit.OK, ""}, {"rotate --yes --dry-run", exit.OK, ""}, {"delete --dry-run --yes", exit.OK, ""},
		{"expire --for 3d --dry-run", exit.OK, ""}, {"restore --yes --dry-run", exit.OK, ""}, {"create", exit.Failure, "is live until"},
		{"rotate --yes --read-only", exit.Usage, "read-only"}, {"delete --yes --read-only", exit.Usage, "read-only"}, {"expire --for 3d --read-only", exit.Usage, "read-only"},
		{"rotate --yes --if-ends-within 48h", exit.NothingToDo, "Not due"}, {"rotate --yes --for 3y", exit.Usage, "Not a time"},
		{"rotate --yes --until 2020-01-01", exit.Usage, "has passed"}, {"expire --for 9w", exit.Usage, "one month at most"},
		{"rotate --yes --for 1w --until 2026-12-24", exit.Usage, ""}, {"delete --yes --only zzzz", exit.Failure, "No link has that secret"},
	} {
		w := one(t, demo.Link{Name: "old", ExpiresAt: midnight(5), Deleted: true}, live("default", 5))
		got := w.run(t, strings.Fields(tt.args)...)
		if got.code != tt.code || !strings.Contains(got.stderr, tt.says) || w.writes() != 0 {
			t.Errorf("%s: %+v, %d writes", tt.args, got, w.writes())
		}
	}
}

func TestProductionWantsItsName(t *testing.T) {
	for _, args := range []string{"rotate --yes", "delete --yes", "expire --for 3d", "rotate --yes --confirm other"} {
		w := newWorld()
		w.add(t, config.Profile{Name: "acme", Production: true}, demo.AdminToken, live("default", 5))
		if got := w.run(t, strings.Fields(args)...); got.code != exit.Usage || !strings.Contains(got.stderr, `--confirm "acme"`) || w.writes() != 0 {
			t.Errorf("%s: %+v", args, got)
		}
		if got := w.run(t, append(strings.Fields(args), "--confirm", "acme")...); got.code != exit.OK || w.writes() == 0 {
			t.Errorf("%s, confirmed: %+v", args, got)
		}
	}
}

func TestWrites(t *testing.T) {
	w := one(t)
	made := w.run(t, "create", "--for", "3d", "--name", "party")
	if made.code != exit.OK || !oneURL.MatchString(made.stdout) {
		t.Fatalf("create: %+v", made)
	}
	if got := w.run(t, "expire", "--for", "5d"); got.code != exit.OK || got.stdout != made.stdout {
		t.Errorf("expire: %+v", got)
	}
	if got := w.run(t, "delete", "--yes"); got.code != exit.OK || !strings.HasPrefix(got.stdout, "deleted ") {
		t.Errorf("delete: %+v", got)
	}
	if got := w.run(t, "delete", "--yes"); got.code != exit.NothingToDo {
		t.Errorf("delete again: %+v", got)
	}
	if got := w.run(t, "restore"); got.code != exit.OK || !strings.HasPrefix(got.stdout, "restored ") {
		t.Errorf("restore: %+v", got)
	}
	secret := strings.TrimSpace(strings.SplitAfter(made.stdout, "invite=")[1])
	if got := w.run(t, "delete", "--only", secret[:6], "--yes", "-q"); got.code != exit.OK || got.stdout != secret+"\n" {
		t.Errorf("delete --only: %+v", got)
	}
}

func TestARotationThatBreaksOffSaysWhatHolds(t *testing.T) {
	w := one(t, live("default", 5))
	w.before = func(out http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPost {
			http.Error(out, `{"message":"no"}`, http.StatusBadRequest)
		}
		return r.Method == http.MethodPost
	}
	got := w.run(t, "rotate", "--yes", "--json")
	told := valid(t, got.stdout)
	if got.code != exit.Partly || told["exit"] != float64(exit.Partly) || len(told["live"].([]any)) != 0 || !strings.Contains(got.stderr, "No link is live now") {
		t.Errorf("%+v", got)
	}
	if again := w.run(t, "restore", "--yes"); again.code != exit.OK {
		t.Fatalf("%+v", again)
	}
	if plain := w.run(t, "rotate", "-q", "--yes"); plain.code != exit.Partly || plain.stdout != "" {
		t.Errorf("L would be %+v", plain)
	}
	deleted := told["changes"].([]any)
	if len(deleted) != 1 || deleted[0].(map[string]any)["action"] != "delete" {
		t.Errorf("changes %v", deleted)
	}
	// The advice is for a shell: it names no keys.
	if !strings.Contains(got.stderr, "Run rotate again to go on, or restore --only ") || strings.Contains(got.stderr, " u brings") {
		t.Error(got.stderr)
	}
}

// Whoever loses a race to somebody else's link is told how to get at that one.
func TestALostRaceTellsHowToGetTheOtherLink(t *testing.T) {
	theirs := &model.Token{Enabled: true, Verdict: model.Accepted}
	if got := draw.Sentence(forScripts(errors.New("theirs stays"), theirs)); got != "Theirs stays. Run link to get theirs." {
		t.Error(got)
	}
	if got := draw.Sentence(forScripts(errors.New("no"), &model.Token{})); got != "No." {
		t.Error(got)
	}
}

// What is no command, no topic and no shell ends with 2, and is not repeated where it may be a token.
func TestWordsInTheWrongPlace(t *testing.T) {
	w := one(t)
	for _, before := range []string{"", "help", "completion", "completion bash", "completion zsh", "status", "man"} {
		for _, word := range []string{"user:secret", "rotat"} {
			got := w.run(t, append(strings.Fields(before), word)...)
			if got.code != exit.Usage || got.stdout != "" || strings.Contains(got.stderr, "secret") || strings.Count(got.stderr, "\n") != 1 {
				t.Errorf("%s %s: %+v", before, word, got)
			}
		}
	}
	for _, args := range []string{"help", "help rotate", "help completion bash", "completion", "completion bash --no-descriptions"} {
		if got := w.run(t, strings.Fields(args)...); got.code != exit.OK || got.stdout == "" {
			t.Errorf("%s: %+v", args, got)
		}
	}
}

func TestTwoRotationsAtOnceLeaveOneLiveLink(t *testing.T) {
	w := one(t, live("default", 5))
	var both sync.WaitGroup
	codes := make([]int, 2)
	for n := range codes {
		both.Go(func() { codes[n] = w.run(t, "rotate", "--yes", "-q").code })
	}
	both.Wait()
	if list := w.run(t, "list", "--live", "-q"); strings.Count(list.stdout, "\n") != 1 {
		t.Errorf("codes %v, live are %q", codes, list.stdout)
	}
}

func TestManyProfiles(t *testing.T) {
	w := newWorld()
	w.add(t, config.Profile{Name: "a"}, demo.AdminToken, live("default", 5))
	w.add(t, config.Profile{Name: "wrong"}, "user:wrong", live("default", 5))
	w.add(t, config.Profile{Name: "prod", Production: true}, demo.AdminToken, live("default", 5))
	dead := w.add(t, config.Profile{Name: "dead"}, demo.AdminToken)
	dead.Close()
	if got := w.run(t, "status", "--all"); got.code != exit.Failure || strings.Count(got.stdout, "\n") != 5 {
		t.Errorf("status: %+v", got)
	}
	got := w.run(t, "rotate", "--all", "--yes", "--json")
	if got.code != exit.Partly || strings.Count(got.stdout, "\n") != 4 {
		t.Errorf("rotate: %+v", got)
	}
	valid(t, got.stdout)
	rows := slices.Collect(strings.Lines(got.stdout))
	for n, want := range []string{`"exit":0`, `"error":"`, `"skipped":"`, `"error":"`} {
		if !strings.Contains(rows[n], want) {
			t.Errorf("row %d lacks %s: %s", n, want, rows[n])
		}
	}
	if got := w.run(t, "rotate", "--profile", "a", "--profile", "prod", "--yes", "--confirm", "prod", "-q"); got.code != exit.OK || strings.Count(got.stdout, "new-user") != 2 {
		t.Errorf("confirmed: %+v", got)
	}
	for name, sent := range w.sent {
		if len(sent) != 1 || !sent[w.tokens[name]] {
			t.Errorf("%s got the tokens %v", name, sent)
		}
	}
}

func TestTheListIsForAwk(t *testing.T) {
	w := one(t, live("autumn workshop", 5, "Ann \x1b[31mLee"))
	list := strings.Split(w.run(t, "list").stdout, "\n")
	if fields := strings.Fields(list[1]); len(list) != 3 || fields[1] != "active" || fields[3] != "1" || fields[4] != "autumn" {
		t.Errorf("%q", list)
	}
	if got := w.run(t, "joined"); strings.Contains(got.stdout, "\x1b") || !strings.Contains(got.stdout, "Lee") {
		t.Errorf("%+v", got)
	}
	if row := strings.Fields(strings.Split(w.run(t, "joined").stdout, "\n")[1]); len(row) < 6 || row[3] != "Viewer" || !strings.Contains(row[4], "@example.com") {
		t.Errorf("joined: %q", row)
	}
	if got := w.run(t, "list", "--mask"); strings.Contains(got.stdout, strings.Fields(list[1])[0]) {
		t.Errorf("masked: %q", got.stdout)
	}
}

func TestRotateOnlyOneOfSeveralLiveLinks(t *testing.T) {
	w := one(t, live("default", 5), live("party", 6))
	party := strings.TrimSpace(w.run(t, "list", "--live", "-q", "--name", "party").stdout)
	got := w.run(t, "rotate", "--yes", "--only", party[:8])
	if got.code != exit.OK || !oneURL.MatchString(got.stdout) {
		t.Fatalf("%+v", got)
	}
	left := w.run(t, "list", "--live").stdout
	if strings.Count(left, "\n") != 3 || strings.Contains(left, party) || !strings.Contains(left, "default") || !strings.Contains(left, "party") {
		t.Errorf("live are\n%s", left)
	}
}

func TestManyProfilesAreAskedSideBySide(t *testing.T) {
	w := newWorld()
	names := []string{"a", "b", "c", "d", "e"}
	var all sync.WaitGroup
	all.Add(len(names))
	met := make(chan bool)
	go func() { all.Wait(); close(met) }()
	for _, name := range names {
		w.add(t, config.Profile{Name: name}, demo.AdminToken, live("default", 5))
	}
	came := sync.Map{}
	w.before = func(_ http.ResponseWriter, r *http.Request) bool {
		if _, before := came.LoadOrStore(r.Host, true); !before {
			all.Done()
		}
		<-met // none is answered before all were asked
		return false
	}
	if got := w.run(t, "status", "--all"); got.code != exit.OK || strings.Count(got.stdout, "active until") != len(names) {
		t.Errorf("%+v", got)
	}
}

// A fleet takes hardly longer than the slowest of it alone, measured side by side.
func TestAFleetTakesAsLongAsItsSlowest(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for slow servers")
	}
	w := newWorld()
	delays := map[string]time.Duration{}
	for i, name := range []string{"a", "b", "c", "d", "e", "f", "slowest"} {
		web := w.add(t, config.Profile{Name: name}, demo.AdminToken, live("default", 5))
		delays[strings.TrimPrefix(web.URL, "http://")] = time.Duration(i+4) * 20 * time.Millisecond
	}
	w.before = func(_ http.ResponseWriter, r *http.Request) bool {
		time.Sleep(delays[r.Host])
		return false
	}
	took := func(args ...string) time.Duration {
		began := time.Now()
		if got := w.run(t, args...); got.code != exit.OK {
			t.Fatalf("%+v", got)
		}
		return time.Since(began)
	}
	best := 10.0
	for range 5 { // other programs run on this machine, too
		alone := took("status", "--profile", "slowest")
		best = min(best, float64(took("status", "--all"))/float64(alone))
	}
	t.Logf("%.2f times", best)
	if best > 1.3 {
		t.Errorf("seven side by side take %.2f times as long as the slowest alone", best)
	}
}
