package program

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"unleash-invite/config"
	"unleash-invite/demo"
	"unleash-invite/e2e/terminal"
)

// checkout is the folder of the README.
const checkout = "../.."

// A readmeCommand is a command that README.md tells, and how it is tested: by one of the others.
type readmeCommand struct {
	line string
	// shows is the text of the screen once the command runs in a terminal, which q then ends.
	shows string
	// prints is in the output of the command, which ends with exit code 0.
	prints string
	// file is another file, .ci/run for most, that holds text, by which it runs the command; because says why not here.
	file, text, because string
}

// readmeCommands has a line for every command in README.md: those in fences marked sh, and those in backticks.
func readmeCommands() []readmeCommand {
	return []readmeCommand{
		{line: "go build -o unleash-invite ."},
		{line: "go run . --demo", shows: "● Active"},
		{line: "./unleash-invite", shows: "● Active"},
		{line: "./unleash-invite | cat", prints: "Active: anyone with this link can join"},
		{line: "go test ./...", file: ".ci/run", text: "go test -race -p 1 ", because: "it runs this test"},
		{line: "UNLEASH_E2E=1 go test ./e2e/...", file: ".ci/run", text: "env UNLEASH_E2E=1 go test", because: "it starts real servers"},
		{line: "go run ./bench -peers", file: ".ci/run", text: "go run ./bench -smoke", because: "it builds other programs"},
		{line: "go run ./bench -delay", file: ".ci/run", text: "go run ./bench -smoke -delay", because: "it measures for minutes"},
		{line: "go run ./bench", file: ".ci/run", text: "go run ./bench -smoke", because: "it measures for minutes"},
		{line: "go run ./e2e/unleash", file: "e2e/command_test.go", text: `"unleash-invite/e2e/unleash"`, because: "it starts a real server"},
	}
}

// A snippet is the commands of one fence of the README, or of one pair of backticks.
type snippet []string

var (
	fences = regexp.MustCompile("(?ms)^```([a-z]*)\n(.*?)^```$")
	spans  = regexp.MustCompile("`([^`\n]+)`")
	// begins is how a command in backticks begins; other backticks hold keys, flags, variables and values.
	begins  = regexp.MustCompile(`^([A-Z_]+=\S* )*(sudo |eval |go |git |npm |apt |dpkg |rpm |apk |man |source |\.ci/|(\./)?unleash-invite( |$))`)
	comment = regexp.MustCompile(`\s+#.*|^#.*`)
)

// snippets finds the commands in Markdown, and complains of fences that don't say what they hold.
func snippets(t *testing.T, markdown string) []snippet {
	var found []snippet
	for _, fence := range fences.FindAllStringSubmatch(markdown, -1) {
		switch fence[1] {
		case "sh", "console":
			var lines snippet
			for line := range strings.Lines(strings.ReplaceAll(fence[2], "\\\n", " ")) {
				line = strings.Join(strings.Fields(comment.ReplaceAllString(strings.TrimPrefix(line, "$ "), "")), " ")
				if line != "" {
					lines = append(lines, line)
				}
			}
			found = append(found, lines)
		case "":
			t.Errorf("a fence doesn't say what it holds, sh or text or toml:\n%s", fence[2])
		}
	}
	for _, span := range spans.FindAllStringSubmatch(fences.ReplaceAllString(markdown, ""), -1) {
		if begins.MatchString(span[1]) && span[1] != "unleash-invite" {
			found = append(found, snippet{span[1]})
		}
	}
	return found
}

func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(checkout, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestTheReadmesCommandsWork(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the README's commands are for a POSIX shell")
	}
	if testing.Short() {
		t.Skip("the README's commands build the program")
	}
	known := map[string]readmeCommand{}
	for _, c := range readmeCommands() {
		known[c.line] = c
	}
	told := map[string]bool{}
	for _, snippet := range snippets(t, readme(t)) {
		setup := ""
		for _, line := range snippet {
			if strings.HasPrefix(line, "export ") {
				setup += line + "\n"
				continue
			}
			command, ok := known[line]
			if !ok {
				t.Errorf("README.md has the command %q, which no test runs: add a line to readmeCommands", line)
			} else if !told[setup+line] {
				t.Run(line, func(t *testing.T) { command.test(t, setup) })
			}
			told[setup+line], told[line] = true, true
		}
	}
	for line := range known {
		if !told[line] {
			t.Errorf("%q is no longer in README.md: take it out of readmeCommands", line)
		}
	}
}

// test runs the command after the variables that its snippet sets, or looks where else it is run.
func (c readmeCommand) test(t *testing.T, setup string) {
	if c.file != "" {
		text, err := os.ReadFile(filepath.Join(checkout, c.file))
		if err != nil || !strings.Contains(string(text), c.text) {
			t.Errorf("not run here (%s), but %s doesn't run %q either: %v", c.because, c.file, c.text, err)
		}
		t.Logf("not run here (%s): %s does it", c.because, c.file)
		return
	}
	folder, env := t.TempDir(), goEnv(t)
	if err := os.Symlink(program(t), filepath.Join(folder, "unleash-invite")); err != nil {
		t.Fatal(err)
	}
	env = append(env, "PATH="+folder+":"+os.Getenv("PATH"), "HOME="+t.TempDir())
	if !strings.Contains(setup, config.EnvURL) && !strings.Contains(c.line, "--demo") {
		setup += "export UNLEASH_URL=https://flags.acme.io UNLEASH_TOKEN=user:…\n" // as if set before
	}
	url, _ := overHTTP(t, "")
	script := strings.NewReplacer("https://flags.acme.io", url, "user:…", demo.AdminToken,
		"go build -o unleash-invite", "go build -o "+filepath.Join(folder, "built")).Replace(setup + c.line)
	if strings.HasPrefix(c.line, "go ") {
		folder = checkout
	}
	if c.shows != "" {
		term := terminal.Start(t, terminal.Options{Dir: folder, Env: env, Timeout: time.Minute}, "sh", "-c", script)
		term.WaitFor(c.shows)
		term.Type("q")
		if code := term.Wait(); code != 0 {
			t.Errorf("exit code %d", code)
		}
		return
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, "sh", "-c", script)
	command.Dir, command.Env = folder, env
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil || !strings.Contains(stdout.String(), c.prints) {
		t.Errorf("%v, printed %q, said %q", err, stdout.String(), stderr.String())
	}
}

// goEnv keeps Go's caches where they are when HOME is another.
func goEnv(t *testing.T) []string {
	t.Helper()
	names := []string{"GOCACHE", "GOMODCACHE", "GOPATH", "GOPROXY", "GOFLAGS", "GOTOOLCHAIN"}
	values, err := exec.Command("go", append([]string{"env"}, names...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	env := strings.Split(strings.TrimSuffix(string(values), "\n"), "\n")
	for i, name := range names {
		env[i] = name + "=" + env[i]
	}
	return env
}

// A word in backticks that looks like a flag or a variable of ours is one.
func TestTheReadmeTellsNoFlagThatIsNone(t *testing.T) {
	page := strings.ReplaceAll(runProgram(t, nil, "", "man").stdout, `\-`, "-")
	for _, span := range spans.FindAllStringSubmatch(fences.ReplaceAllString(readme(t), ""), -1) {
		word := regexp.MustCompile(`^(--[a-z-]+|UNLEASH_[A-Z_]+)`).FindString(span[1])
		if word != "" && word != "UNLEASH_E2E" && !regexp.MustCompile(regexp.QuoteMeta(word)+`\b`).MatchString(page) {
			t.Errorf("README.md tells %s, which nothing reads", word)
		}
	}
}

func TestTheReadmeHasEveryCommand(t *testing.T) {
	help := runProgram(t, nil, "", "--help").stdout
	_, list, _ := strings.Cut(help, "Available Commands:\n")
	list, _, _ = strings.Cut(list, "\n\n")
	if strings.Count(list, "\n") < 10 {
		t.Fatalf("the help has no commands: %s", help)
	}
	for line := range strings.Lines(list) {
		name := strings.Fields(line)[0]
		if name != "help" && !regexp.MustCompile("(?m)^\\|.*`"+name+"[ `].*\\|.*\\|$").MatchString(readme(t)) {
			t.Errorf("README.md has no row with the command %s", name)
		}
	}
}

func TestSnippets(t *testing.T) {
	got := snippets(t, "a `c` and `./unleash-invite | cat`\n```sh\nexport A=1   # why\n$ go run . \\\n--demo\n\n# no\n```\n"+
		"`go test` and `--demo`\n```text\ngo away\n```\n| `UNLEASH_X=1 go vet` | `UNLEASH_X` | `unleash-invite` |")
	want := []snippet{{"export A=1", "go run . --demo"}, {"./unleash-invite | cat"}, {"go test"}, {"UNLEASH_X=1 go vet"}}
	if !slices.EqualFunc(got, want, slices.Equal[snippet]) {
		t.Errorf("%q", got)
	}
}

func TestTheReadmesProfilesAreRead(t *testing.T) {
	tested := 0
	for _, fence := range fences.FindAllStringSubmatch(readme(t), -1) {
		if fence[1] != "toml" {
			continue
		}
		tested++
		folder := t.TempDir()
		if err := os.Mkdir(filepath.Join(folder, "unleash-invite"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "unleash-invite", "profiles.toml"), []byte(fence[2]), 0o600); err != nil {
			t.Fatal(err)
		}
		names := ""
		for _, name := range regexp.MustCompile(`(?m)^name = "(.*)"$`).FindAllStringSubmatch(fence[2], -1) {
			names += name[1] + "\n"
		}
		if got := runProgram(t, []string{"XDG_CONFIG_HOME=" + folder}, "", "profiles"); got.code != 0 || names == "" || got.stdout != names {
			t.Errorf("%+v", got)
		}
	}
	if tested == 0 {
		t.Error("README.md has no profiles")
	}
}
