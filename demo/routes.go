package demo

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"
)

// maxBody is the longest request body that Unleash reads, in bytes.
const maxBody = 100 << 10

func (s *Server) newRoutes() http.Handler {
	api := http.NewServeMux()
	api.HandleFunc("GET /api/admin/invite-link/tokens", s.adminOnly(s.listTokens))
	api.HandleFunc("POST /api/admin/invite-link/tokens", s.adminOnly(s.createToken))
	api.HandleFunc("GET /api/admin/invite-link/tokens/{secret}", s.adminOnly(s.getToken))
	api.HandleFunc("PUT /api/admin/invite-link/tokens/{secret}", s.adminOnly(s.updateToken))
	api.HandleFunc("GET /api/admin/user-admin", s.adminOnly(s.listAccounts))
	api.HandleFunc("GET /api/admin/user-admin/{id}", s.adminOnly(s.withAccount(s.getAccount)))
	api.HandleFunc("PUT /api/admin/user-admin/{id}", s.adminOnly(s.withAccount(s.updateAccount)))
	api.HandleFunc("DELETE /api/admin/user-admin/{id}", s.adminOnly(s.withAccount(s.deleteAccount)))
	api.HandleFunc("POST /api/admin/maintenance", s.adminOnly(s.setMaintenance))
	if s.version < "7" { // of 4 to 8 the first digit tells
		api.HandleFunc("POST /api/admin/events/search", s.searchEventsByBody)
	}
	api.HandleFunc("GET /api/admin/user", s.getUser)
	api.HandleFunc("POST /api/admin/user/tokens", s.createPersonalToken)
	api.HandleFunc("GET /api/admin/ui-config", s.getUIConfig)
	api.HandleFunc("GET /api/admin/search/events", s.searchEvents)
	api.HandleFunc("/", s.unknownPath)

	all := http.NewServeMux()
	all.HandleFunc("/api/", s.authenticated(s.maintained(api)))
	all.HandleFunc("GET /invite/{secret}/validate", s.limited(s.validate))
	all.HandleFunc("POST /invite/{secret}/signup", s.limited(s.signUp))
	all.HandleFunc("POST /auth/simple/login", s.logIn)
	all.HandleFunc("GET /health", s.getHealth)
	all.HandleFunc("/", adminUI)
	return all
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	now := s.now()
	s.door.admit(s.store, now)
	w.Header().Set("Date", now.UTC().Format(http.TimeFormat))
	inside := strings.TrimPrefix(r.URL.Path, s.basePath)
	if len(inside)+len(s.basePath) != len(r.URL.Path) || inside != "" && inside[0] != '/' {
		notRouted(w, r)
		return
	}
	// Unleash reads the body before anything else: a broken one is refused even without authorization.
	body, status := readBody(w, r)
	if status != http.StatusOK {
		writePage(w, status, http.StatusText(status))
		return
	}
	routed := r.Clone(r.Context())
	routed.Body = io.NopCloser(bytes.NewReader(body))
	// Like Unleash, and unlike ServeMux, answer doubled and trailing slashes without a redirect.
	routed.URL = &url.URL{Path: path.Clean("/" + inside), RawQuery: r.URL.RawQuery}
	s.routes.ServeHTTP(w, routed)
}

// readBody returns the request's body and 200, or the status that refuses it.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, int) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, http.StatusRequestEntityTooLarge
	case err != nil, isJSON(r) && len(body) > 0 && !json.Valid(body):
		return nil, http.StatusBadRequest
	}
	return body, http.StatusOK
}

func (s *Server) unknownPath(w http.ResponseWriter, r *http.Request) {
	message := "The path you were looking for (" + s.basePath + r.URL.Path + ") is not available."
	s.fail(w, r, withID(newError(http.StatusNotFound, "NotFoundError", message)))
}

// notRouted is how the web framework under Unleash answers what Unleash doesn't know.
func notRouted(w http.ResponseWriter, r *http.Request) {
	writePage(w, http.StatusNotFound, "Cannot "+r.Method+" "+r.URL.Path)
}
