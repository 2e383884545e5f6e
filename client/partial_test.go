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

func TestAMillionAccountsOfOneLink(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	people := 1_000_000 / scale
	s := &crowded{people: people, name: "Mallory", tokens: []fakeToken{fakeLink("a", "default", 7, true), fakeLink("b", "other", -9, true)}}
	c := serve(t, s.ServeHTTP, WithTimeouts(Timeouts{Attempt: time.Minute, Look: time.Minute, Header: time.Minute, First: time.Minute}))
	var links model.Links
	var err error
	began := time.Now()
	peak := peakHeap(func() { links, err = c.Look(t.Context()) })
	t.Logf("%d accounts: %s, %d MB", people, time.Since(began).Round(time.Millisecond), peak>>20)
	if err != nil || links.Partial || len(links.Tokens) != 2 {
		t.Fatalf("%d links, partial %v, %v", len(links.Tokens), links.Partial, err)
	}
	one, _ := links.Find("a")
	if one.JoinedCount() != people || len(one.Joined) != newestKept || one.Joined[0].ID != int64(people) || one.Joined[999].ID != int64(people-999) {
		t.Errorf("%d joined, %d kept", one.JoinedCount(), len(one.Joined))
	}
	if peak > crowdLimit {
		t.Errorf("the heap grew to %d MB", peak>>20)
	}
	if _, err := c.DeleteLink(t.Context(), one); err != nil {
		t.Error(err)
	}
}

// The longest names that Unleash takes make the list larger than what is read: the link
// is deleted and rotated all the same, and nothing is created beside what can't be seen.
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
