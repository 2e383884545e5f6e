package demo

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// The events that this instance knows.
const (
	tokenCreated   = "public-signup-token-created"
	tokenUpdated   = "public-signup-token-updated"
	tokenUserAdded = "public-signup-token-user-added"
	userCreated    = "user-created"
	userUpdated    = "user-updated"
	userDeleted    = "user-deleted"
)

// Who events are by: the admin, or for what people do who sign up, Unleash itself.
const (
	adminName  = "admin"
	adminID    = 1
	systemName = "unleash_system_user"
	systemID   = -1337
)

// event is a line of the audit trail as the API writes it.
type event struct {
	ID              int      `json:"id"`
	Type            string   `json:"type"`
	CreatedBy       string   `json:"createdBy"`
	CreatedAt       stamp    `json:"createdAt"`
	CreatedByUserID int      `json:"createdByUserId"`
	Data            any      `json:"data"`
	PreData         any      `json:"preData"`
	Tags            []string `json:"tags"`
	FeatureName     *string  `json:"featureName"`
	Project         *string  `json:"project"`
	Environment     *string  `json:"environment"`
	Label           string   `json:"label"`
	Summary         string   `json:"summary"`
}

// joining is the data of a tokenUserAdded event.
type joining struct {
	Secret string `json:"secret"`
	UserID int    `json:"userId"`
}

// userData is the data of a userCreated event.
type userData struct {
	ID       int    `json:"id"`
	Name     string `json:"name"`
	Username string `json:"username,omitempty"`
	Email    string `json:"email,omitempty"`
	RootRole int    `json:"rootRole"`
}

func newUserData(u user) userData {
	return userData{ID: u.ID, Name: u.Name, Username: u.Username, Email: u.Email, RootRole: u.RootRole}
}

// log adds an event. The caller holds the store's lock.
func (s *store) log(kind, by string, byID int, data any, now time.Time) {
	e := event{
		ID: len(s.events) + 1, Type: kind, CreatedBy: by, CreatedByUserID: byID, CreatedAt: stamp{now},
		Data: data, Tags: []string{}, Label: kind, Summary: "**" + by + "** triggered **" + kind + "**",
	}
	if u, ok := data.(userData); ok && kind == userCreated {
		e.Label, e.Summary = "User created", "**"+by+"** created user **"+u.Name+"**"
	}
	s.events = append(s.events, e)
}

// search returns a page of the events of some types, newest first, and how
// many there are; no types means all.
func (s *store) search(types []string, offset, limit int) (page []event, total int) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	page = []event{}
	for _, e := range slices.Backward(s.events) {
		if len(types) > 0 && !slices.Contains(types, e.Type) {
			continue
		}
		if total >= offset && len(page) < limit {
			page = append(page, e)
		}
		total++
	}
	return page, total
}

// typeFilter is the pattern of the query's type that Unleash asks for.
const typeFilter = `^(IS|IS_ANY_OF):(.*?)(,([a-zA-Z0-9_]+))*$`

var typeFilterPattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(typeFilter) })

func (s *Server) searchEvents(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	filter := query.Get("type")
	if query.Has("type") && !typeFilterPattern().MatchString(filter) {
		s.fail(w, r, invalidValue("/query/type", `must match pattern "`+typeFilter+`"`, mustEncode(filter)))
		return
	}
	limit := number(query.Get("limit"), 50)
	if limit < 1 || limit > 1000 {
		limit = 50
	}
	page, total := []event{}, 0
	// Others see the events of their projects alone, and these belong to none.
	if a, _ := s.account(r); a.admin() {
		page, total = s.store.search(filterTypes(filter), max(number(query.Get("offset"), 0), 0), limit)
	}
	s.answer(w, r, http.StatusOK, map[string]any{"events": page, "total": total})
}

// searchEventsByBody is how Unleash 4 to 6 give their events to everyone: of one
// type, or all without one.
func (s *Server) searchEventsByBody(w http.ResponseWriter, r *http.Request) {
	f, fault := decode(r, []property{{"type", text, false}, {"limit", text, false}, {"offset", text, false}})
	if fault != nil {
		s.fail(w, r, fault)
		return
	}
	var types []string
	if only := f.text("type"); only != "" {
		types = []string{only}
	}
	page, total := s.store.search(types, max(number(f.text("offset"), 0), 0), number(f.text("limit"), 100))
	s.answer(w, r, http.StatusOK, map[string]any{"version": 1, "events": page, "totalEvents": total})
}

// filterTypes returns the types of a filter, "IS_ANY_OF:a,b".
func filterTypes(filter string) []string {
	_, list, _ := strings.Cut(filter, ":")
	var types []string
	for t := range strings.SplitSeq(list, ",") {
		if t = strings.TrimSpace(t); t != "" {
			types = append(types, t)
		}
	}
	return types
}

func number(s string, otherwise int) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return otherwise
}
