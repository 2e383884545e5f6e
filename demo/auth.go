package demo

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

const viewerID = 2

// seedAccounts are the accounts that every instance has.
func seedAccounts(now time.Time) []user {
	made := stamp{now.AddDate(-1, 0, 0)}
	return []user{
		{AccountType: "User", ID: adminID, Username: adminName, CreatedAt: made, RootRole: adminRole},
		{
			AccountType: "User", ID: viewerID, Name: "Vera Viewer", Username: "vera", Email: "vera@example.com",
			CreatedAt: made, RootRole: viewerRole,
		},
	}
}

var bearer = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)^Bearer\s+`) })

// account is the one that the request's Authorization header belongs to or, without one, its session. Both end with the
// account.
func (s *Server) account(r *http.Request) (user, bool) {
	token := bearer().ReplaceAllString(r.Header.Get("Authorization"), "")
	switch token {
	case AdminToken:
		return s.store.account(adminID)
	case ViewerToken:
		return s.store.account(viewerID)
	case "":
		cookie, err := r.Cookie(sessionCookie)
		if err != nil {
			return user{}, false
		}
		token = cookie.Value
	}
	return s.store.account(s.signIns.owner(token))
}

// admin reports whether the account's root role is Admin.
func (u user) admin() bool { return u.RootRole == adminRole }

// authenticated lets requests through whose token is known.
func (s *Server) authenticated(next http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if _, ok := s.account(r); ok {
			s.limited(next.ServeHTTP)(w, r)
			return
		}
		if bearer().ReplaceAllString(r.Header.Get("Authorization"), "") == ClientToken {
			s.answer(w, r, http.StatusForbidden, map[string]string{
				"message": "invalid token: expected a different token type for this endpoint",
			})
			return
		}
		if r.Header.Get("Authorization") == "" {
			s.fail(w, r, s.loginRequired())
			return
		}
		s.fail(w, r, withID(newError(http.StatusUnauthorized, "UnauthorizedError", "You must log in to use Unleash.")))
	}
}

// adminOnly lets an Admin's requests through.
func (s *Server) adminOnly(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if a, _ := s.account(r); a.admin() {
			next(w, r)
			return
		}
		e := withID(newError(http.StatusForbidden, "PermissionError", "You don't have the required permissions to perform "+
			`this operation. To perform this action, you need the "ADMIN" permission.`))
		e.Permissions = []string{"ADMIN"}
		s.fail(w, r, e)
	}
}

// limitPerMinute is how many requests Unleash takes from all personal access tokens together.
const limitPerMinute = 20000

// rateLimit counts the requests of a minute. Unlike Unleash it refuses none.
type rateLimit struct {
	mu   sync.Mutex
	ends time.Time
	used int
}

func (l *rateLimit) count(now time.Time) (remaining int, reset time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !now.Before(l.ends) {
		l.ends, l.used = now.Add(time.Minute), 0
	}
	l.used++
	return max(limitPerMinute-l.used, 0), l.ends.Sub(now)
}

// limited adds the RateLimit headers, which Unleash sends for personal access
// tokens alone.
func (s *Server) limited(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(bearer().ReplaceAllString(r.Header.Get("Authorization"), ""), "user:") {
			remaining, reset := s.limit.count(s.now())
			w.Header().Set("RateLimit-Policy", strconv.Itoa(limitPerMinute)+";w=60")
			w.Header().Set("RateLimit-Limit", strconv.Itoa(limitPerMinute))
			w.Header().Set("RateLimit-Remaining", strconv.Itoa(remaining))
			w.Header().Set("RateLimit-Reset", strconv.Itoa(int((reset+time.Second-1)/time.Second)))
		}
		next(w, r)
	}
}
