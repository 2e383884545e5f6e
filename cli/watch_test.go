package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"unleash-invite/config"
	"unleash-invite/demo"
	"unleash-invite/exit"
	"unleash-invite/model"
)

// watchFor runs watch while each step happens between two looks; after the last it looks once more, and is stopped.
func (w *world) watchFor(t *testing.T, args []string, steps ...func()) result {
	t.Helper()
	var stdout, stderr strings.Builder
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	n := 0
	code := w.watch(ctx, t, args, &stdout, &stderr, func(context.Context, time.Duration) {
		if n == len(steps) {
			stop()
			return
		}
		steps[n]()
		n++
	})
	return result{code, stdout.String(), stderr.String()}
}

// watch runs watch until ctx ends.
func (w *world) watch(ctx context.Context, t *testing.T, args []string, stdout, stderr io.Writer, wait func(context.Context, time.Duration)) int {
	t.Helper()
	p := &program{out: &output{Writer: stdout}}
	p.Options = Options{
		Args: append([]string{"watch", "--demo"}, args...), Stdin: strings.NewReader(""), Stdout: stdout, Stderr: stderr,
		Getenv:  func(string) string { return "" },
		Clock:   func(config.Config) func() time.Time { return w.clock },
		Connect: func(config.Config, func() time.Time) Instances { return w },
		Plain:   plain, Wait: wait,
	}
	root := p.root()
	root.SetArgs(p.Args)
	root.SetOut(p.out)
	root.SetErr(stderr)
	if err := root.ExecuteContext(ctx); err != nil {
		t.Fatal(err)
	}
	return p.code
}

// join signs somebody up with the current link.
func (w *world) join(t *testing.T, names ...string) {
	t.Helper()
	w.joinBy(t, strings.TrimSpace(w.run(t, "link").stdout), names...)
}

// joinBy signs somebody up with a link.
func (w *world) joinBy(t *testing.T, link string, names ...string) {
	t.Helper()
	_, secret, _ := strings.Cut(link, "invite=")
	for _, name := range names {
		body := fmt.Sprintf(`{"name":%q,"email":"%s@example.com","password":"Correct-Horse-7-Battery"}`, name, strings.ToLower(name))
		answer, err := http.Post(w.profiles[0].URL+"/invite/"+secret+"/signup", "application/json", strings.NewReader(body))
		if err != nil || answer.StatusCode != http.StatusCreated {
			t.Fatalf("%v, %v", answer, err)
		}
		_ = answer.Body.Close()
	}
}

// events are the words behind the times.
func events(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		all = append(all, strings.Fields(line)[1])
	}
	return all
}

func (w *world) cut(off bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.before = nil
	if off {
		w.before = func(out http.ResponseWriter, _ *http.Request) bool {
			http.Error(out, "down", http.StatusInternalServerError)
			return true
		}
	}
}

func TestWatchTellsEachChangeOnceAndInOrderAcrossAnOutage(t *testing.T) {
	w := one(t, live("default", 5, "Ann"))
	got := w.watchFor(t, nil,
		func() { w.join(t, "Bob", "Carol", "Dan") },
		func() {},
		func() { w.cut(true) },
		func() {},
		func() { w.cut(false); w.join(t, "Eve", "Frank") },
		func() { w.run(t, "rotate", "--yes") },
		func() { w.join(t, "Grace"); w.run(t, "expire", "--for", "9d") },
		func() { w.run(t, "delete", "--yes") },
		func() { w.run(t, "restore", "--yes") },
		func() { w.run(t, "delete", "--yes") },
		func() { w.run(t, "create") },
	)
	want := strings.Fields("joined joined joined unreachable reachable joined joined rotated joined expiry deleted restored deleted created")
	if !slices.Equal(events(got.stdout), want) || strings.Contains(got.stdout, "\x1b") {
		t.Errorf("%+v", got)
	}
	if !strings.Contains(got.stdout, " frank@example.com Frank\n") {
		t.Errorf("no e-mail in %s", got.stdout)
	}
	names := ""
	for line := range strings.Lines(got.stdout) {
		if f := strings.Fields(line); f[1] == "joined" {
			names += f[len(f)-1] + " "
		}
	}
	if names != "Bob Carol Dan Eve Frank Grace " {
		t.Errorf("joined %s", names)
	}
}

func TestWatchSaysWhenTheFirstLookFails(t *testing.T) {
	w := one(t)
	w.cut(true)
	if got := w.run(t, "watch"); got.code != exit.Failure || got.stdout != "" || strings.Count(got.stderr, "\n") != 1 {
		t.Errorf("%+v", got)
	}
}

func TestWatchInJSONAndWithACommand(t *testing.T) {
	w := one(t, live("default", 5))
	t.Setenv("UNLEASH_TOKEN_OF_A_TEST", "")
	got := w.watchFor(t, []string{"--json", "--exec", `cat >&2; echo "$UNLEASH_INVITE_EVENT of $UNLEASH_INVITE_PERSON"; test "$UNLEASH_INVITE_EVENT" = joined`},
		func() { w.join(t, "Bob") }, func() { w.run(t, "delete", "--yes") })
	if last := valid(t, got.stdout); last["event"] != "deleted" || strings.Count(got.stdout, "\n") != 2 {
		t.Errorf("%+v", got)
	}
	for _, want := range []string{`"event":"joined"`, "joined of Bob\n", "deleted of \n", "command failed on the event deleted"} {
		if !strings.Contains(got.stderr, want) {
			t.Errorf("no %q in %s", want, got.stderr)
		}
	}
	if strings.Contains(got.stderr, demo.AdminToken) {
		t.Error("the token was told")
	}
}

func TestWatchEndsTheLinkAtItsLimit(t *testing.T) {
	for then, want := range map[string]string{"delete": "joined joined joined deleted", "rotate": "joined joined joined rotated"} {
		w := one(t, live("default", 9, "Ann"))
		got := w.watchFor(t, []string{"--max-joins", "3", "--then", then, "--yes"}, func() {}, func() { w.join(t, "Bob", "Carol", "Dan") })
		if got.code != exit.OK || strings.Join(events(got.stdout), " ") != want || !strings.Contains(got.stdout, "4 joined, 1 more than the limit of 3") {
			t.Errorf("%s: %+v", then, got)
		}
		if live := w.run(t, "list", "--live", "-q").stdout; (live == "") != (then == "delete") {
			t.Errorf("%s: live is %q", then, live)
		}
	}
}

// Who joins while the link is being ended is told, too.
func TestWatchTellsWhoSlippedInWhileTheLinkWasEnded(t *testing.T) {
	for _, then := range []string{"delete", "rotate"} {
		w := one(t, live("default", 9, "Ann"))
		link := strings.TrimSpace(w.run(t, "link").stdout)
		slip := func() {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.before = func(_ http.ResponseWriter, r *http.Request) bool {
				if r.Method == http.MethodPut {
					w.cut(false)
					w.joinBy(t, link, "Eve")
				}
				return false
			}
		}
		got := w.watchFor(t, []string{"--max-joins", "2", "--then", then, "--yes"}, func() { w.join(t, "Bob"); slip() })
		want := "joined joined " + then + "d"
		if got.code != exit.OK || strings.Join(events(got.stdout), " ") != want ||
			!strings.Contains(got.stdout, " eve@example.com Eve\n") || !strings.Contains(got.stdout, "3 joined, 1 more than the limit of 2") {
			t.Errorf("%s: %+v", then, got)
		}
	}
}

func TestTheLinksOwnExpiryHoldsWhenWatchIsKilled(t *testing.T) {
	w := one(t, live("default", 20))
	got := w.watchFor(t, []string{"--until", "49h", "--yes"}, func() {})
	list := strings.Fields(strings.Split(w.run(t, "list").stdout, "\n")[1])
	end := time.Now().Add(49 * time.Hour)
	stops, err := time.Parse(time.RFC3339, list[2])
	if err != nil || stops.Before(end) || stops.Sub(end) > 24*time.Hour {
		t.Errorf("it stops %v: %+v", stops, got)
	}
	for _, args := range []string{"--until 49h", "--max-joins 3", "--max-joins 3 --yes --read-only", "--max-joins 3 --yes --then burn", "--until 2020-01-01 --yes"} {
		w := one(t, live("default", 20))
		if got := w.run(t, append([]string{"watch"}, strings.Fields(args)...)...); got.code != exit.Usage || w.writes() != 0 {
			t.Errorf("%s: %+v", args, got)
		}
	}
}

func TestALimitThatIsReachedWhileTheServerIsAwayIsKeptAfterwards(t *testing.T) {
	w := one(t, live("default", 9))
	got := w.watchFor(t, []string{"--max-joins", "1", "--yes"}, func() { w.join(t, "Ann"); w.failWrites(true) }, func() { w.failWrites(false) })
	if got.code != exit.OK || strings.Join(events(got.stdout), " ") != "joined deleted" || !strings.Contains(got.stderr, "closing the link failed and will be tried again") {
		t.Errorf("%+v", got)
	}
}

func (w *world) failWrites(fail bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.before = func(out http.ResponseWriter, r *http.Request) bool {
		if fail && r.Method == http.MethodPut {
			http.Error(out, `{"message":"no"}`, http.StatusServiceUnavailable)
			return true
		}
		return false
	}
}

// With many live links watch asks about no more of them than the screen does.
func TestWatchAsksAboutManyLinksInTurn(t *testing.T) {
	var links []demo.Link
	for range 100 {
		links = append(links, live("default", 9))
	}
	w := one(t, links...)
	quiet := slices.Repeat([]func(){func() {}}, 11)
	begin := func() { w.mu.Lock(); defer w.mu.Unlock(); w.requests = nil }
	w.watchFor(t, nil, append([]func(){begin}, quiet...)...)
	if n := len(w.requests); n < 100 || n > 110 {
		t.Errorf("%d requests in a minute", n)
	}
}

// Of a link that more joined with than its list names, nobody joins because a newer account is removed.
func TestWatchTellsNobodyTwiceWhereTheListIsCut(t *testing.T) {
	names := make([]string, 1200)
	for n := range names {
		names[n] = fmt.Sprint("Guest ", n)
	}
	w := one(t, live("default", 5, names...))
	removeNewest := func() { w.run(t, "remove", "--yes", strings.Fields(w.run(t, "joined", "-q").stdout)[0]) }
	got := w.watchFor(t, nil, removeNewest, func() { removeNewest(); removeNewest() }, func() {}, func() { w.join(t, "Bob") })
	if strings.Join(events(got.stdout), " ") != "joined" || !strings.Contains(got.stdout, " bob@example.com Bob\n") {
		t.Errorf("%+v", got)
	}
}

// What a cut list does not name is told as a number.
func TestWatchCountsThoseWhomTheListDoesNotName(t *testing.T) {
	people := func(from, to int) (all []model.Person) {
		for id := to; id >= from; id-- {
			all = append(all, model.Person{ID: int64(id)})
		}
		return all
	}
	m := remember(model.Links{Tokens: []model.Token{{Secret: "a", Joined: people(1, 5)}}})
	for want, t2 := range map[int]model.Token{
		0: {Secret: "a", Joined: people(3, 7), MoreJoined: 2},
		3: {Secret: "a", Joined: people(9, 13), MoreJoined: 8},
		4: {Secret: "b", Joined: people(14, 18), MoreJoined: 4},
	} {
		if n := m.unlisted(t2); n != want {
			t.Errorf("%d, want %d", n, want)
		}
	}
}

// What is no limit is refused, for it would let everybody in.
func TestALimitIsOne(t *testing.T) {
	for _, args := range []string{"--max-joins 0 --yes", "--max-joins -1 --yes", "--then rotate --yes", "--then burn", "--until= --yes"} {
		w := one(t, live("default", 20))
		if got := w.run(t, append([]string{"watch"}, strings.Fields(args)...)...); got.code != exit.Usage || len(w.requests) != 0 {
			t.Errorf("%s: %+v", args, got)
		}
	}
}

// One of many instances that can't be asked at the start is told at once, and watched as soon as it can be.
func TestAFleetIsWatchedWhereSomeAreAwayAtTheStart(t *testing.T) {
	w := newWorld()
	w.add(t, config.Profile{Name: "a"}, demo.AdminToken, live("default", 5))
	b := strings.TrimPrefix(w.add(t, config.Profile{Name: "b"}, demo.AdminToken, live("default", 5)).URL, "http://")
	away := func(off bool) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.before = func(out http.ResponseWriter, r *http.Request) bool {
			if off && r.Host == b {
				http.Error(out, "down", http.StatusInternalServerError)
			}
			return off && r.Host == b
		}
	}
	away(true)
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	lines, stdout := io.Pipe()
	go func() {
		var stderr strings.Builder
		w.watch(ctx, t, []string{"--all"}, stdout, &stderr, func(context.Context, time.Duration) { time.Sleep(time.Millisecond) })
		_ = stdout.Close()
	}()
	said := bufio.NewScanner(lines)
	for _, want := range []string{"b unreachable", "b reachable"} {
		if !said.Scan() || !strings.Contains(said.Text(), " "+want) {
			t.Fatalf("%q, want %s", said.Text(), want)
		}
		away(false)
	}
	stop()
	if said.Scan() {
		t.Errorf("then %q", said.Text())
	}
}
