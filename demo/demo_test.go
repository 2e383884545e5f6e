package demo_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"unleash-invite/demo"
)

const linksPath = "/api/admin/invite-link/tokens"

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// link is an invite link as the API answers.
type link struct {
	Secret, Name, ExpiresAt, CreatedBy string
	Users                              []struct{ Name string }
}

// call asks the server directly, as the Admin.
func call(s *demo.Server, method, path, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, demo.Origin+path, strings.NewReader(body))
	r.Header.Set("Authorization", demo.AdminToken)
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// decode reads an answer's JSON.
func decode[T any](t *testing.T, w *httptest.ResponseRecorder) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Fatalf("%d: %v in %q", w.Code, err, w.Body)
	}
	return v
}

func linksOf(t *testing.T, s *demo.Server, basePath string) []link {
	t.Helper()
	return decode[struct{ Tokens []link }](t, call(s, http.MethodGet, basePath+linksPath, "")).Tokens
}

func TestNewServerIsEmpty(t *testing.T) {
	if tokens := linksOf(t, demo.New(demo.Options{}), ""); len(tokens) != 0 {
		t.Errorf("tokens = %v, want none", tokens)
	}
}

func TestSampleShowsOneLiveLink(t *testing.T) {
	s := demo.New(demo.Options{Now: func() time.Time { return noon }, Links: demo.Sample(noon)})
	var live []link
	for _, each := range linksOf(t, s, "") {
		if call(s, http.MethodGet, "/invite/"+each.Secret+"/validate", "").Code == http.StatusOK {
			live = append(live, each)
		}
	}
	if len(live) != 1 || live[0].Name != "default" || live[0].CreatedBy != "admin" {
		t.Fatalf("live = %v, want the one named default", live)
	}
	if got := live[0].ExpiresAt; got != "2026-11-28T00:00:00.000Z" {
		t.Errorf("expiresAt = %v, want midnight in five days", got)
	}
	if people := live[0].Users; len(people) != 4 {
		t.Errorf("joined = %v, want four people", people)
	}
}

func TestSampleEventsAreNewestFirst(t *testing.T) {
	s := demo.New(demo.Options{Now: func() time.Time { return noon }, Links: demo.Sample(noon)})
	found := decode[struct{ Events []struct{ CreatedAt string } }](t, call(s, http.MethodGet, "/api/admin/search/events?limit=1000", ""))
	previous := ""
	for _, e := range found.Events {
		if previous != "" && e.CreatedAt > previous {
			t.Errorf("%s comes after %s", e.CreatedAt, previous)
		}
		previous = e.CreatedAt
	}
	if previous == "" {
		t.Error("no events")
	}
}

func TestSeededExpiryIsNotCapped(t *testing.T) {
	far := noon.AddDate(2, 0, 0)
	s := demo.New(demo.Options{Now: func() time.Time { return noon }, Links: []demo.Link{{Name: "far", ExpiresAt: far}}})
	if got := linksOf(t, s, "")[0].ExpiresAt; got != "2028-11-23T12:00:00.000Z" {
		t.Errorf("expiresAt = %v, want %v", got, far)
	}
}

func TestCreateCapsAtOneCalendarMonth(t *testing.T) {
	tests := []struct{ now, want string }{
		{"2026-11-23T12:00:00.123Z", "2026-12-23T12:00:00.123Z"},
		{"2026-01-31T10:00:00.000Z", "2026-02-28T10:00:00.000Z"},
		{"2028-01-30T23:59:59.999Z", "2028-02-29T23:59:59.999Z"},
		{"2026-12-31T00:00:00.000Z", "2027-01-31T00:00:00.000Z"},
		{"2026-03-31T00:00:00.000Z", "2026-04-30T00:00:00.000Z"},
	}
	for _, tt := range tests {
		now, err := time.Parse(time.RFC3339, tt.now)
		if err != nil {
			t.Fatal(err)
		}
		s := demo.New(demo.Options{Now: func() time.Time { return now }})
		made := decode[link](t, call(s, http.MethodPost, linksPath, `{"name":"x","expiresAt":"2099-01-01T00:00:00Z"}`))
		if made.ExpiresAt != tt.want {
			t.Errorf("on %s the cap is %s, want %s", tt.now, made.ExpiresAt, tt.want)
		}
	}
}

func TestUpdateMovesTokenToTheEnd(t *testing.T) {
	s := demo.New(demo.Options{Links: []demo.Link{{Name: "a"}, {Name: "b"}}})
	secret := linksOf(t, s, "")[0].Secret
	if w := call(s, http.MethodPut, linksPath+"/"+secret, `{"enabled":false}`); w.Code != http.StatusOK {
		t.Fatalf("update: %d", w.Code)
	}
	if last := linksOf(t, s, "")[1].Secret; last != secret {
		t.Errorf("last = %v, want %s", last, secret)
	}
}

func TestLinkDiesAtTheStartOfItsDayInUTC(t *testing.T) {
	now := noon
	s := demo.New(demo.Options{Now: func() time.Time { return now }, Links: []demo.Link{{ExpiresAt: noon.Add(24 * time.Hour)}}})
	secret := linksOf(t, s, "")[0].Secret
	for _, step := range []struct {
		now  time.Time
		want int
	}{
		{time.Date(2026, 11, 23, 23, 59, 59, 999e6, time.UTC), http.StatusOK},
		{time.Date(2026, 11, 23, 23, 59, 59, 0, time.FixedZone("west", -3600)), http.StatusBadRequest},
		{time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), http.StatusBadRequest},
	} {
		now = step.now
		if got := call(s, http.MethodGet, "/invite/"+secret+"/validate", "").Code; got != step.want {
			t.Errorf("at %s: %d, want %d", now, got, step.want)
		}
	}
}

func TestBasePath(t *testing.T) {
	s := demo.New(demo.Options{BasePath: "/some/path/"})
	if s.URL() != demo.Origin+"/some/path" {
		t.Errorf("URL = %s", s.URL())
	}
	if links := linksOf(t, s, "/some/path"); links == nil {
		t.Error("no list")
	}
	for _, outside := range []string{"/api/admin/user", "/some/pathology/api/admin/user"} {
		w := call(s, http.MethodGet, outside, "")
		if w.Code != http.StatusNotFound || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			t.Errorf("%s: %d %q, want a 404 page", outside, w.Code, w.Body)
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	s := demo.New(demo.Options{Links: demo.Sample(time.Now())})
	secret := linksOf(t, s, "")[2].Secret
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 5 {
				call(s, http.MethodPost, linksPath, `{"name":"x","expiresAt":"2020-01-01T00:00:00Z"}`)
				call(s, http.MethodPut, linksPath+"/"+secret, `{"enabled":true}`)
				call(s, http.MethodPost, "/invite/"+secret+"/signup", `{"name":"x","username":"one","email":"","password":"x"}`)
				call(s, http.MethodGet, linksPath, "")
				call(s, http.MethodGet, "/api/admin/search/events", "")
			}
		})
	}
	wg.Wait()
	if got := len(linksOf(t, s, "")); got != 3+8*5 {
		t.Errorf("%d tokens", got)
	}
}

func TestNothingIsWrittenByBrokenBodies(t *testing.T) {
	s := demo.New(demo.Options{})
	tooLong := `{"name":"` + strings.Repeat("a", 101<<10) + `","expiresAt":"2020-01-01T00:00:00Z"}`
	for body, want := range map[string]int{"{": http.StatusBadRequest, tooLong: http.StatusRequestEntityTooLarge} {
		if got := call(s, http.MethodPost, linksPath, body).Code; got != want {
			t.Errorf("%.20s…: %d, want %d", body, got, want)
		}
	}
	if tokens := linksOf(t, s, ""); len(tokens) != 0 {
		t.Errorf("tokens = %v", tokens)
	}
}

func TestKnownListIsNotSentAgain(t *testing.T) {
	s := demo.New(demo.Options{})
	defer s.Close()
	client := &http.Client{Transport: s.Transport()}
	etag := ""
	for _, want := range []int{http.StatusOK, http.StatusNotModified} {
		r, err := http.NewRequest(http.MethodGet, s.URL()+linksPath, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", demo.AdminToken)
		r.Header.Set("If-None-Match", etag)
		resp, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
		if etag = resp.Header.Get("ETag"); resp.StatusCode != want || etag == "" {
			t.Errorf("status %d, ETag %q, want %d", resp.StatusCode, etag, want)
		}
	}
}
