package e2e

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"unleash-invite/e2e/instance"
	"unleash-invite/e2e/terminal"
	"unleash-invite/exit"
)

// ran is how a command ended.
type ran struct {
	code           int
	stdout, stderr string
}

// script runs a command of the built program on an instance, without a terminal.
func script(t *testing.T, i *instance.Instance, args ...string) ran {
	t.Helper()
	command := exec.CommandContext(t.Context(), terminal.Build(t, "unleash-invite"), args...)
	command.Env = []string{"UNLEASH_URL=" + i.URL, "UNLEASH_TOKEN=" + i.AdminToken, "TZ=UTC", "HOME=" + t.TempDir()}
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	_ = command.Run() // the exit code says it
	return ran{command.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

// wantCode runs a command that is to end with the code.
func wantCode(t *testing.T, i *instance.Instance, code int, line string) string {
	t.Helper()
	got := script(t, i, strings.Fields(line)...)
	if got.code != code {
		t.Fatalf("%s: %+v", line, got)
	}
	return got.stdout
}

// ofTheSchema checks that each line is JSON of docs/schema.json.
func ofTheSchema(t *testing.T, text string) {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	compiled, err := compiler.Compile("../docs/schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if text == "" {
		t.Error("there is no JSON")
	}
	for line := range strings.Lines(text) {
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
		if err == nil {
			err = compiled.Validate(value)
		}
		if err != nil {
			t.Errorf("%v\n%s", err, line)
		}
	}
}

// secretOf is the secret in a link's URL, on a line of its own.
func secretOf(t *testing.T, line string) string {
	t.Helper()
	_, secret, found := strings.Cut(strings.TrimSpace(line), "/new-user?invite=")
	if !found || strings.Count(line, "\n") != 1 {
		t.Fatalf("%q is no link", line)
	}
	return secret
}

func TestCommandsThatReadAndRotate(t *testing.T) {
	awayFromMidnight()
	onEveryServer(t, func(t *testing.T, i *instance.Instance) {
		wantCode(t, i, exit.NotJoinable, "status")
		wantCode(t, i, exit.NotJoinable, "link")
		wantCode(t, i, exit.NotJoinable, "") // as in a pipe
		ofTheSchema(t, wantCode(t, i, exit.NotJoinable, "status --json"))
		old := makeLink(t, i, time.Now().AddDate(0, 0, 5))
		if status, err := i.SignUp(t.Context(), old.Secret, "Ann", "ann@example.com"); err != nil || status != http.StatusCreated {
			t.Fatalf("sign-up: %d, %v", status, err)
		}
		for _, line := range []string{
			"--json", "status --json", "link --json", "list --json", "joined --json", "list --live --name default --json", "joined --since 2d --json",
			"joined --json --by " + old.Secret[:8], "rotate --yes --if-ends-within 48h --ok-if-not-due --json",
		} {
			ofTheSchema(t, wantCode(t, i, exit.OK, line))
		}
		if got := wantCode(t, i, exit.OK, ""); !strings.Contains(got, old.URL) {
			t.Errorf("in a pipe: %q", got)
		}
		if got := script(t, i, "__complete", "rotate", "--only", "").stdout; !strings.HasPrefix(got, old.Secret[:8]+"\tactive default\n") {
			t.Errorf("a shell is told %q", got)
		}
		if got := wantCode(t, i, exit.OK, "list"); len(strings.Fields(got)) != 10 { // two rows of five columns
			t.Errorf("list: %q", got)
		}
		if got := wantCode(t, i, exit.OK, "joined"); !strings.Contains(got, old.Secret) || !strings.Contains(got, "Ann") {
			t.Errorf("joined: %q", got)
		}
		if got := wantCode(t, i, exit.OK, "joined --since 1h"); !strings.Contains(got, "ann@example.com") || !strings.Contains(got, "Viewer") {
			t.Errorf("joined --since: %q", got)
		}
		id := strings.TrimSpace(wantCode(t, i, exit.OK, "joined -q"))
		wantCode(t, i, exit.Usage, "remove "+id)
		ofTheSchema(t, wantCode(t, i, exit.OK, "remove --yes --json "+id))
		if got := wantCode(t, i, exit.OK, "joined -q"); got != "" {
			t.Errorf("left are %q", got)
		}
		wantCode(t, i, exit.Usage, "rotate")
		wantCode(t, i, exit.NothingToDo, "rotate --yes --if-ends-within 48h")
		ofTheSchema(t, wantCode(t, i, exit.OK, "rotate --dry-run --json"))
		if validate(t, i, old.Secret) != http.StatusOK {
			t.Error("the link was touched")
		}
		secret := secretOf(t, wantCode(t, i, exit.OK, "rotate -q --yes"))
		if validate(t, i, old.Secret) != http.StatusBadRequest || validate(t, i, secret) != http.StatusOK {
			t.Error("the old link is not refused, or the new one is not accepted")
		}
		ofTheSchema(t, wantCode(t, i, exit.OK, "rotate --yes --for 1w --json"))
		if got := wantCode(t, i, exit.OK, "list --live -q"); strings.Count(got, "\n") != 1 {
			t.Errorf("live are %q", got)
		}
	})
}

func TestCommandsThatWrite(t *testing.T) {
	awayFromMidnight()
	i := unleash(t)
	disableAll(t, i)
	secret := secretOf(t, wantCode(t, i, exit.OK, "create --for 3d --name party"))
	wantCode(t, i, exit.Failure, "create")
	wantCode(t, i, exit.OK, "expire --for 5d")
	for _, each := range tokens(t, i) {
		if each.Secret == secret && !each.ExpiresAt.Equal(midnightAfter(time.Now().AddDate(0, 0, 5))) {
			t.Errorf("it expires %s", each.ExpiresAt)
		}
	}
	wantCode(t, i, exit.Usage, "delete")
	wantCode(t, i, exit.Usage, "delete --yes --read-only")
	wantCode(t, i, exit.OK, "delete --yes --only "+secret[:8])
	if validate(t, i, secret) != http.StatusBadRequest {
		t.Error("the deleted link works")
	}
	wantCode(t, i, exit.NotJoinable, "link")
	wantCode(t, i, exit.OK, "restore --only "+secret[:8])
	if validate(t, i, secret) != http.StatusOK {
		t.Error("the restored link does not work")
	}
	party := makeNamed(t, i, "more", time.Now().AddDate(0, 0, 9))
	ofTheSchema(t, wantCode(t, i, exit.OK, "rotate --yes --json --only "+party))
	if validate(t, i, party) != http.StatusBadRequest || validate(t, i, secret) != http.StatusOK || len(liveOn(t, i)) != 2 {
		t.Errorf("after --only live are %+v", liveOn(t, i))
	}
	wantCode(t, i, exit.OK, "delete --dry-run --all-live")
	if len(liveOn(t, i)) != 2 {
		t.Errorf("after --dry-run live are %+v", liveOn(t, i))
	}
	ofTheSchema(t, wantCode(t, i, exit.OK, "delete --all-live --yes --json"))
	wantCode(t, i, exit.NothingToDo, "delete --all-live --yes")
	for _, line := range []string{
		"restore --only " + secret + " --json", "expire --until " + time.Now().AddDate(0, 0, 9).Format(time.DateOnly) + " --json",
		"delete --yes --json", "create --json", "profiles --json --demo", "version --json",
	} {
		ofTheSchema(t, wantCode(t, i, exit.OK, line))
	}
	ofTheSchema(t, wantCode(t, i, exit.NothingToDo, "remove --joined-since 1ms --yes --json"))
	for _, who := range []string{"vera", "will"} {
		if status, err := i.SignUp(t.Context(), liveOn(t, i)[0].Secret, who, who+".writes@example.com"); err != nil || status != http.StatusCreated {
			t.Fatalf("%s: %d, %v", who, status, err)
		}
	}
	if got := wantCode(t, i, exit.OK, "remove --joined-since 1h -q --yes --by "+liveOn(t, i)[0].Secret); strings.Count(got, "\n") != 2 {
		t.Errorf("removed %q", got)
	}
}

func TestTwoRotationsInParallel(t *testing.T) {
	i := unleash(t)
	disableAll(t, i)
	makeLink(t, i, time.Now().AddDate(0, 0, 5))
	ends := make(chan ran, 2)
	for range 2 {
		go func() { ends <- script(t, i, "rotate", "--yes", "-q") }()
	}
	first, second := <-ends, <-ends
	if got := wantCode(t, i, exit.OK, "list --live -q"); strings.Count(got, "\n") != 1 {
		t.Errorf("%+v and %+v, live are %q", first, second, got)
	}
}

// outage is how long PostgreSQL stays away: short, as a test, or as long as the variable says.
func outage(t *testing.T) time.Duration {
	t.Helper()
	d, err := time.ParseDuration(cmp.Or(os.Getenv("UNLEASH_OUTAGE"), "3s"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestWatchOverAnOutage(t *testing.T) {
	i := ownUnleash(t, instance.Options{})
	made := makeLink(t, i, time.Now().AddDate(0, 0, 5))
	command := exec.CommandContext(t.Context(), terminal.Build(t, "unleash-invite"), "watch", "--every", "1s", "--json")
	command.Env = []string{"UNLEASH_URL=" + i.URL, "UNLEASH_TOKEN=" + i.AdminToken, "HOME=" + t.TempDir()}
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	notes, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	if said, err := bufio.NewReader(notes).ReadString('\n'); err != nil || !strings.Contains(said, "Watching") {
		t.Fatalf("%q, %v", said, err)
	}
	lines := bufio.NewScanner(output)
	var seen []string
	var joined []string
	// until reads lines until there is one of that event; meanwhile people may join, and the server may be away.
	until := func(event string, n int) {
		t.Helper()
		for n > 0 {
			if !lines.Scan() {
				t.Fatalf("it ended after %q", seen)
			}
			seen = append(seen, lines.Text())
			ofTheSchema(t, lines.Text()+"\n")
			var told struct {
				Event  string
				Person struct{ Email string }
			}
			if err := json.Unmarshal(lines.Bytes(), &told); err != nil {
				t.Fatal(err)
			}
			switch told.Event {
			case event:
				n--
			case "joined", "reachable", "unreachable":
			default:
				t.Fatalf("no %s: %q", event, seen)
			}
			if told.Event == "joined" {
				joined = append(joined, strings.TrimSuffix(told.Person.Email, "@example.com"))
			}
		}
	}
	join := func(names ...string) {
		t.Helper()
		for _, name := range names {
			if status, err := i.SignUp(t.Context(), made.Secret, name, name+"@example.com"); err != nil || status != http.StatusCreated {
				t.Fatalf("%s: %d, %v", name, status, err)
			}
		}
	}
	join("bob", "carol", "dan")
	until("joined", 3)
	if err := i.StopDatabase(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(outage(t)) // Unleash answers nothing meanwhile
	if err := i.StartDatabase(t.Context()); err != nil {
		t.Fatal(err)
	}
	join("eve", "frank")
	until("joined", 2)
	if err := i.StopServer(); err != nil {
		t.Fatal(err)
	}
	until("unreachable", 1)
	if err := i.StartServer(t.Context()); err != nil {
		t.Fatal(err)
	}
	until("reachable", 1)
	wantCode(t, i, exit.OK, "rotate --yes")
	until("rotated", 1)
	if got := strings.Join(joined, " "); got != "bob carol dan eve frank" {
		t.Errorf("joined %s: %q", got, seen)
	}
	_ = command.Process.Kill()
	_ = command.Wait() // it was killed
}

func TestAFleetOfEveryVersion(t *testing.T) {
	awayFromMidnight()
	skipUnlessWanted(t)
	env := []string{"HOME=" + t.TempDir(), "XDG_CONFIG_HOME=" + t.TempDir()}
	var text strings.Builder
	profile := func(name, url, token, more string) {
		variable := fmt.Sprintf("TOKEN_%d", len(env))
		env = append(env, variable+"="+token)
		fmt.Fprintf(&text, "[[profile]]\nname = %q\nurl = %q\ntoken_env = %q\n%s\n", name, url, variable, more)
	}
	var fleet []*instance.Instance
	for _, version := range instance.Versions() {
		i := ownUnleash(t, instance.Options{Version: version})
		makeLink(t, i, time.Now().AddDate(0, 0, 5))
		profile(version, i.URL, i.AdminToken, "")
		fleet = append(fleet, i)
	}
	profile("dead", "http://127.0.0.1:1", "user:dead", "")
	profile("wrong", fleet[0].URL, "user:wrong", "")
	profile("prod", fleet[1].URL, fleet[1].AdminToken, "production = true")
	file := filepath.Join(strings.TrimPrefix(env[1], "XDG_CONFIG_HOME="), "unleash-invite", "profiles.toml")
	if err := errors.Join(os.Mkdir(filepath.Dir(file), 0o700), os.WriteFile(file, []byte(text.String()), 0o600)); err != nil {
		t.Fatal(err)
	}
	all := func(code int, line string) []string {
		t.Helper()
		command := exec.CommandContext(t.Context(), terminal.Build(t, "unleash-invite"), strings.Fields(line)...)
		command.Env = env
		output, _ := command.Output() // the exit code says it
		if command.ProcessState.ExitCode() != code {
			t.Errorf("%s: code %d\n%s", line, command.ProcessState.ExitCode(), output)
		}
		ofTheSchema(t, string(output))
		return slices.Collect(strings.Lines(string(output)))
	}
	if rows := all(exit.Failure, "status --all --json"); len(rows) != len(fleet)+3 {
		t.Errorf("rows %q", rows)
	}
	// The marks of a profile hold for its address: the second version is production, too.
	rows := all(exit.Partly, "rotate --all --yes --json")
	skipped, failed := 0, 0
	for _, row := range rows {
		if strings.Contains(row, `"skipped"`) {
			skipped++
		} else if strings.Contains(row, `"error"`) {
			failed++
		}
	}
	if skipped != 2 || failed != 2 || len(rows) != len(fleet)+3 {
		t.Errorf("%d skipped, %d failed: %q", skipped, failed, rows)
	}
	for n, i := range fleet {
		live := 0
		for _, each := range tokens(t, i) {
			if validate(t, i, each.Secret) == http.StatusOK {
				live++
			}
		}
		if made := len(tokens(t, i)); live != 1 || made != 2 && n != 1 || made != 1 && n == 1 {
			t.Errorf("%s: %d live of %d", i.Version(), live, made)
		}
	}
}
