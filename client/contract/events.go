package contract

import (
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"
)

const (
	eventsPath = "/api/admin/search/events"
	ofLinks    = "IS_ANY_OF:public-signup-token-created,public-signup-token-updated,public-signup-token-user-added"
)

type event struct {
	ID        int       `json:"id"`
	Type      string    `json:"type"`
	CreatedBy string    `json:"createdBy"`
	CreatedAt time.Time `json:"createdAt"`
	Data      struct {
		Secret  string `json:"secret"`
		UserID  int    `json:"userId"`
		Enabled *bool  `json:"enabled"`
	} `json:"data"`
}

type eventPage struct {
	Events []event `json:"events"`
	Total  int     `json:"total"`
}

func (s *suite) events(t *testing.T, query string, options ...option) eventPage {
	t.Helper()
	return decode[eventPage](t, s.call(t, http.MethodGet, eventsPath+"?"+query, "", options...), http.StatusOK)
}

func eventsOfALink(t *testing.T, s *suite) {
	s.since(t, 6)
	made := s.live(t)
	s.join(t, made.Secret, "Ann Smith")
	if err := s.admin.Delete(t.Context(), made.Secret); err != nil {
		t.Fatal(err)
	}
	var got []event
	for _, e := range s.events(t, "limit=100&type="+ofLinks).Events {
		if e.Data.Secret == made.Secret {
			got = append(got, e)
		}
	}
	want := []string{"public-signup-token-updated", "public-signup-token-user-added", "public-signup-token-created"}
	if len(got) != len(want) {
		t.Fatalf("events = %+v, want %v", got, want)
	}
	for i, e := range got {
		if e.Type != want[i] || e.CreatedAt.Before(made.CreatedAt.Add(-time.Second)) {
			t.Errorf("event %d = %+v, want %s", i, e, want[i])
		}
	}
	if got[0].CreatedBy != made.CreatedBy || got[2].CreatedBy != made.CreatedBy {
		t.Errorf("by %q and %q, want %q", got[0].CreatedBy, got[2].CreatedBy, made.CreatedBy)
	}
	if got[0].Data.Enabled == nil || *got[0].Data.Enabled {
		t.Errorf("data of a deletion = %+v", got[0].Data)
	}
	if ann := s.fetch(t, made.Secret).Users[0]; got[1].CreatedBy != "unleash_system_user" || got[1].Data.UserID != ann.ID {
		t.Errorf("joining = %+v, want user %d by the system", got[1], ann.ID)
	}
}

func eventPages(t *testing.T, s *suite) {
	s.since(t, 6)
	made := s.live(t)
	s.join(t, made.Secret, "Bob")
	all := s.events(t, "limit=4")
	if len(all.Events) != min(4, all.Total) || all.Total < 3 {
		t.Errorf("%d events of %d", len(all.Events), all.Total)
	}
	newestFirst := func(a, b event) int { return b.ID - a.ID }
	if !slices.IsSortedFunc(all.Events, newestFirst) {
		t.Errorf("not newest first: %+v", all.Events)
	}
	for i := range 3 {
		one := s.events(t, "limit=1&offset="+strconv.Itoa(i))
		if len(one.Events) != 1 || one.Events[0].ID != all.Events[i].ID || one.Total != all.Total {
			t.Errorf("offset %d: %+v, want event %d of %d", i, one, all.Events[i].ID, all.Total)
		}
	}
	for query, want := range map[string]string{
		"limit=1&type=IS:public-signup-token-created":                    "public-signup-token-created",
		"limit=1&type=IS_ANY_OF:nothing,%20public-signup-token-created":  "public-signup-token-created",
		"limit=1&type=IS:user-created":                                   "user-created",
		"limit=1&offset=x":                                               "public-signup-token-user-added",
		"limit=1&type=IS_ANY_OF:public-signup-token-user-added,anything": "public-signup-token-user-added",
	} {
		if got := s.events(t, query).Events; len(got) != 1 || got[0].Type != want {
			t.Errorf("%s: %+v, want %s", query, got, want)
		}
	}
	if none := s.events(t, "type=IS:nothing"); none.Events == nil || len(none.Events) != 0 || none.Total != 0 {
		t.Errorf("of an unknown type: %+v", none)
	}
	want := mistyped("/query/type", "must match pattern \"^(IS|IS_ANY_OF):(.*?)(,([a-zA-Z0-9_]+))*$\"", `"x"`)
	s.call(t, http.MethodGet, eventsPath+"?type=x", "").wantFailure(t, http.StatusBadRequest, want)
}

func joinTimes(t *testing.T, s *suite) {
	made := s.live(t)
	s.join(t, made.Secret, "Ann Smith")
	ann := s.fetch(t, made.Secret).Users[0]
	accounts, err := s.admin.Accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var joined time.Time
	for _, a := range accounts.All {
		if a.ID == int64(ann.ID) {
			joined = a.CreatedAt
		}
	}
	if joined.Before(made.CreatedAt) || joined.After(made.CreatedAt.Add(time.Minute)) {
		t.Errorf("joined at %s by a link of %s", joined, made.CreatedAt)
	}
}

func viewerSeesNoEvents(t *testing.T, s *suite) {
	s.since(t, 6)
	s.live(t)
	if got := s.events(t, "limit=5&type="+ofLinks, as(s.target.ViewerToken)); len(got.Events) != 0 || got.Total != 0 {
		t.Errorf("%+v, want none", got)
	}
}
