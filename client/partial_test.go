package client

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"unleash-invite/model"
)

// crowded is an Unleash one of whose links so many strangers signed up with.
type crowded struct {
	people int
	name   string // of each, as JSON has it
	crowd  int    // the place of their link in the list

	mu     sync.Mutex
	tokens []fakeToken
	lists  int
}

func (s *crowded) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	parts := strings.Split(r.URL.Path, "/")
	last := parts[len(parts)-1]
	switch {
	case last == "tokens" && r.Method == http.MethodPost:
		made := fakeLink("made", "default", 7, true)
		made.CreatedAt = time.Now().UTC().Format(timeFormat)
		s.tokens = append(s.tokens, made)
		w.WriteHeader(http.StatusCreated)
		fmt.Fprint(w, openToken(made), `]}`)
	case last == "tokens":
		s.list(w)
	case last == "validate":
		w.Header().Del("Content-Type")
		for _, t := range s.tokens {
			if t.Secret == parts[2] && t.Enabled {
				return
			}
		}
		w.WriteHeader(http.StatusBadRequest)
	default:
		for i := range s.tokens {
			if s.tokens[i].Secret == last {
				if r.Method == http.MethodPut {
					body, _ := io.ReadAll(r.Body)
					s.tokens[i].Enabled = !strings.Contains(string(body), "false")
				}
				fmt.Fprint(w, openToken(s.tokens[i]), `]}`)
				return
			}
		}
		w.WriteHeader(http.StatusNotFound)
	}
}

// listed is how often the list was asked for.
func (s *crowded) listed() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lists
}

// openToken is one up to its users.
func openToken(t fakeToken) string {
	return fmt.Sprintf(`{"secret":%q,"name":%q,"url":"https://flags.acme.io/new-user?invite=%s","expiresAt":%q,"enabled":%v,"createdAt":%q,"createdBy":"admin","users":[`,
		t.Secret, t.Name, t.Secret, t.ExpiresAt, t.Enabled, t.CreatedAt)
}

func (s *crowded) list(w http.ResponseWriter) {
	s.lists++
	out := bufio.NewWriterSize(w, 1<<16)
	_, _ = out.WriteString(`{"tokens":[`)
	for i, t := range s.tokens {
		if i > 0 {
			_ = out.WriteByte(',')
		}
		_, _ = out.WriteString(openToken(t))
		for n := 1; i == s.crowd && n <= s.people; n++ {
			if n > 1 {
				_ = out.WriteByte(',')
			}
			_, _ = out.WriteString(`{"id":`)
			_, _ = out.WriteString(strconv.Itoa(n))
			_, _ = out.WriteString(`,"name":"`)
			_, _ = out.WriteString(s.name)
			if _, err := out.WriteString(`","username":null}`); err != nil {
				return
			}
		}
		_, _ = out.WriteString(`]}`)
	}
	_, _ = out.WriteString(`]}`)
	_ = out.Flush()
}

const crowdLimit = 100 << 20 // bytes of the heap, garbage included

// However many strangers signed up, and with the longest names or none that can be read, their link is shown, deleted
// and replaced by few readings of the list, each within the bound of memory.
func TestAMillionAccountsOfOneLink(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	for _, test := range []struct {
		name   string
		people int
		whole  bool
	}{{"Mallory", 1_000_000 / scale, true}, {strings.Repeat(`\u0001`, 255), 100_000 / scale, false}} {
		s := &crowded{people: test.people, name: test.name, tokens: []fakeToken{
			fakeLink("a", "default", 7, true), fakeLink("b", "other", -9, true),
		}}
		long := Timeouts{Attempt: time.Minute, Look: time.Minute, Header: time.Minute, First: time.Minute}
		c := serve(t, s.ServeHTTP, scaled, WithTimeouts(long))
		var links model.Links
		var one, made model.Token
		var alone time.Duration
		for _, step := range []struct {
			name  string
			lists int
			do    func() error
		}{
			{"look", 1, func() (err error) { links, err = c.Look(t.Context()); return err }},
			{"delete", 2, func() (err error) { links, err = c.DeleteLink(t.Context(), one); return err }},
			{"restore", 2, func() (err error) { links, err = c.RestoreLink(t.Context(), one, nil); return err }},
			{"rotate", 2, func() (err error) {
				wish := model.Rotation{Old: []model.Token{one}, Name: "default", ExpiresAt: stamp(7)}
				links, made, err = c.Rotate(t.Context(), wish, func(model.StepReport) {})
				return err
			}},
		} {
			began, before := time.Now(), s.listed()
			var err error
			peak := peakHeap(func() { err = step.do() })
			took := time.Since(began)
			if step.name == "look" {
				alone = took
			}
			t.Logf("%d accounts: %s: %s, %.1f times a look, %d MB",
				test.people, step.name, took.Round(time.Millisecond), float64(took)/float64(alone), peak>>20)
			if err != nil || s.listed()-before > step.lists || peak > crowdLimit {
				t.Errorf("%s: %v, %d lists, the heap grew to %d MB", step.name, err, s.listed()-before, peak>>20)
			}
			one, _ = links.Find("a")
		}
		if test.whole && (one.JoinedCount() != test.people || len(one.Joined) != newestKept || one.Joined[0].ID != int64(test.people)) {
			t.Errorf("%d joined, %d kept", one.JoinedCount(), len(one.Joined))
		}
		if one.Enabled || made.Verdict != model.Accepted || links.Partial == test.whole {
			t.Errorf("%+v, partial %v", made, links.Partial)
		}
	}
}

// The longest names that Unleash takes make the list larger than what is read: the link
// is deleted and rotated anyway, and nothing is created beside what can't be seen.
func TestAListThatIsTooLong(t *testing.T) {
	for _, crowd := range []int{0, 1} {
		t.Run(fmt.Sprint("the crowd's link is number ", crowd), func(t *testing.T) {
			s := &crowded{people: 0, name: strings.Repeat(`\u0001`, 255), crowd: crowd, tokens: []fakeToken{
				fakeLink("a", "default", 7, true), fakeLink("b", "other", 8, true), fakeLink("c", "old", 9, false),
			}}
			c := serve(t, s.ServeHTTP, func(c *Client) { c.limits.answer = 1 << 20 })
			if links, err := c.Look(t.Context()); err != nil || len(links.Tokens) != 3 || links.Partial {
				t.Fatalf("%+v, %v", links, err)
			}
			s.mu.Lock()
			s.people = 1000 // 1.5 MB of them
			s.mu.Unlock()
			links, err := c.Look(t.Context())
			if err != nil || !links.Partial || len(links.Tokens) != 3 {
				t.Fatalf("%d links, partial %v, %v", len(links.Tokens), links.Partial, err)
			}
			one, _ := links.Find([]string{"a", "b"}[crowd])
			if one.JoinedCount() < 500 || one.Joined[0].Label() != "(no name)" {
				t.Errorf("%d joined", one.JoinedCount())
			}
			gone, _ := links.Find("b")
			if links, err = c.DeleteLink(t.Context(), gone); err != nil {
				t.Fatal(err)
			}
			if left, _ := links.Find("b"); left.Enabled || left.Verdict == model.Accepted {
				t.Errorf("%+v", left)
			}
			old, _ := links.Find("a")
			links, made, err := c.Rotate(t.Context(), model.Rotation{Old: []model.Token{old}, Name: "default", ExpiresAt: stamp(7)}, func(model.StepReport) {})
			if err != nil || made.Secret != "made" || len(links.Live(time.Now())) != 1 {
				t.Errorf("%+v, %v", made, err)
			}
			if _, err = c.DeleteLink(t.Context(), made); err != nil {
				t.Error(err)
			}
			_, _, err = c.CreateLink(t.Context(), "default", stamp(7))
			if e := asError(t, err); e.Kind != KindInTheWay || !strings.Contains(e.Error(), "too long to be read whole") {
				t.Error(err)
			}
		})
	}
}
