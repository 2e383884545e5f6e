package program

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"unleash-invite/demo"
)

// A schedule is a way to run the program again and again that README.md tells.
type schedule struct {
	name string
	// line finds its command, which shell runs; without a shell its words are separated by commas or spaces.
	line  *regexp.Regexp
	shell []string
	// fine finds an exit code beside 0 that is no failure there; nil means that there is none.
	fine *regexp.Regexp
}

func schedules() []schedule {
	return []schedule{
		{name: "cron", line: regexp.MustCompile(`(?m)^17 \* \* \* \*  (unleash-invite .*)$`), shell: []string{"sh", "-c"}},
		{
			name: "systemd", line: regexp.MustCompile(`(?m)^ExecStart=/usr/bin/(unleash-invite .*)$`),
			fine: regexp.MustCompile(`(?m)^SuccessExitStatus=4$`),
		},
		{name: "GitHub Actions", line: regexp.MustCompile(`(?m)^  run: (unleash-invite .*)$`), shell: []string{"sh", "-e", "-c"}},
		{name: "Kubernetes", line: regexp.MustCompile(`(?m)^ +image: (unleash-invite\n +args: \[.*\])$`)},
	}
}

// command is what runs each time.
func (s schedule) command(t *testing.T, readme string) []string {
	t.Helper()
	found := s.line.FindAllStringSubmatch(readme, -1)
	if len(found) != 1 {
		t.Fatalf("README.md has %d commands for %s", len(found), s.name)
	}
	if s.shell != nil {
		return append(s.shell, found[0][1])
	}
	return strings.Fields(strings.NewReplacer("args: [", " ", "]", "", ",", " ").Replace(found[0][1]))
}

// Each schedule of the README rotates a link that is due, leaves one that is not, and fails neither time.
func TestTheReadmesSchedulesRotateWhatIsDue(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the README's schedules are for POSIX shells")
	}
	text := readme(t)
	for _, s := range schedules() {
		t.Run(s.name, func(t *testing.T) {
			command := s.command(t, text)
			midnight := time.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, 1)
			for days, writes := range map[int]int32{0: 2, 20: 0} { // a deletion and a new link
				server := demo.New(demo.Options{Links: []demo.Link{{Name: "default", ExpiresAt: midnight.AddDate(0, 0, days)}}})
				t.Cleanup(server.Close)
				var written atomic.Int32
				web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if r.Method != http.MethodGet {
						written.Add(1)
					}
					server.ServeHTTP(w, r)
				}))
				t.Cleanup(web.Close)
				code, output := s.run(t, web.URL, command)
				if code != 0 && (s.fine == nil || code != 4 || !s.fine.MatchString(text)) {
					t.Errorf("%d more days: code %d: %s", days, code, output)
				}
				if n := written.Load(); n != writes {
					t.Errorf("%d more days: %d writes: %s", days, n, output)
				}
			}
		})
	}
}

// run runs the command where both the variables and the profile acme lead to the instance.
func (schedule) run(t *testing.T, url string, args []string) (code int, output string) {
	t.Helper()
	home, bin := t.TempDir(), t.TempDir()
	file := filepath.Join(home, "unleash-invite", "profiles.toml")
	profile := "[[profile]]\nname = \"acme\"\nurl = \"" + url + "\"\ntoken_env = \"UNLEASH_TOKEN\"\n"
	if err := errors.Join(os.Symlink(program(t), filepath.Join(bin, "unleash-invite")), os.Mkdir(filepath.Dir(file), 0o700),
		os.WriteFile(file, []byte(profile), 0o600)); err != nil {
		t.Fatal(err)
	}
	if args[0] == "unleash-invite" {
		args = append([]string{filepath.Join(bin, args[0])}, args[1:]...)
	}
	command := exec.CommandContext(t.Context(), args[0], args[1:]...)
	command.Dir = t.TempDir()
	command.Env = []string{
		"PATH=" + bin + ":/usr/bin:/bin", "HOME=" + home, "XDG_CONFIG_HOME=" + home, "UNLEASH_URL=" + url, "UNLEASH_TOKEN=" + demo.AdminToken,
	}
	said, _ := command.CombinedOutput() // the exit code says it
	return command.ProcessState.ExitCode(), string(said)
}
