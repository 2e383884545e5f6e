package scale

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"unleash-invite/e2e/terminal"
)

// instance is as much of an Unleash as the program asks for, with very many links: one live one, the others expired.
type instance struct {
	// tokens are how many there are. Each has ten people, and takes 1,500 bytes.
	tokens int
	// stall, if there is one, holds the list back half-way until it is closed.
	stall chan struct{}

	url       string
	lists     atomic.Int32 // how often the list was asked for
	sent      atomic.Int64 // bytes of the list
	verdicts  atomic.Int32 // how often a link's verdict was asked for
	abandoned atomic.Int32 // how often nobody waited for the list any more
}

func startInstance(t *testing.T, i *instance) *instance {
	t.Helper()
	server := httptest.NewServer(i)
	t.Cleanup(server.Close)
	i.url = server.URL
	return i
}

func (i *instance) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	switch path := r.URL.Path; {
	case path == "/api/admin/invite-link/tokens":
		i.lists.Add(1)
		i.list(w, r)
	case path == "/api/admin/user":
		_, _ = io.WriteString(w, `{"user":{"username":"admin"},"permissions":[{"permission":"ADMIN"}]}`)
	case path == "/api/admin/ui-config":
		_, _ = io.WriteString(w, `{"version":"8.2.0","unleashUrl":"https://flags.acme.io"}`)
	case strings.HasSuffix(path, "/validate"):
		i.verdicts.Add(1)
		if !strings.HasPrefix(path, "/invite/live") {
			w.WriteHeader(http.StatusBadRequest)
		}
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func (i *instance) list(w http.ResponseWriter, r *http.Request) {
	out := bufio.NewWriterSize(w, 64<<10)
	defer func() { _ = out.Flush() }()
	_, _ = io.WriteString(out, `{"tokens":[`+token("live", time.Now().AddDate(0, 0, 20), ""))
	id := 0
	for n := range i.tokens {
		people := make([]string, 10)
		for p := range people {
			id++
			people[p] = fmt.Sprintf(`{"id":%d,"name":"Ann Smith of Berlin the %dth","username":"ann.smith.%d@mail.flags.acme.io"}`, id, id, id)
		}
		if n == i.tokens/2 && i.stall != nil {
			_ = out.Flush()
			w.(http.Flusher).Flush()
			select {
			case <-i.stall:
			case <-r.Context().Done():
				i.abandoned.Add(1)
				return
			}
		}
		expired := time.Now().AddDate(0, 0, -10-n%1000)
		size, err := io.WriteString(out, ","+token(fmt.Sprintf("%032x", n), expired, strings.Join(people, ",")))
		i.sent.Add(int64(size))
		if err != nil {
			i.abandoned.Add(1)
			return
		}
	}
	_, _ = io.WriteString(out, "]}")
}

func token(secret string, expires time.Time, people string) string {
	return fmt.Sprintf(`{"secret":%q,"name":"default","url":"https://flags.acme.io/new-user?invite=%s","expiresAt":%q,"enabled":true,`+
		`"createdAt":%q,"createdBy":"administrator@flags.acme.io","role":{"id":3,"name":"Viewer","type":"root"},"users":[%s]}`,
		secret, secret, expires.UTC().Format(time.RFC3339), expires.AddDate(0, 0, -30).UTC().Format(time.RFC3339), people)
}

// open starts the built program on the instance.
func open(t *testing.T, i *instance) *terminal.Terminal {
	t.Helper()
	program := terminal.Build(t, "unleash-invite")
	env := []string{"UNLEASH_URL=" + i.url, "UNLEASH_TOKEN=user:0123456789"}
	return terminal.Start(t, terminal.Options{Env: env, Timeout: 100 * time.Second}, program)
}

// peak is the most memory that the program has had so far, in MiB.
func peak(t *testing.T, term *terminal.Terminal) int {
	t.Helper()
	return figure(t, fmt.Sprintf("/proc/%d/status", term.Process().Pid), "VmHWM:") >> 10
}

// figure is a number of a file of /proc.
func figure(t *testing.T, file, name string) int {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(content)) {
		if rest, ok := strings.CutPrefix(line, name); ok {
			n, err := strconv.Atoi(strings.Fields(rest)[0])
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
	}
	t.Fatalf("%s has no %s", file, name)
	return 0
}
