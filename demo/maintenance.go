package demo

import (
	"net/http"
	"strings"
)

// setMaintenance switches maintenance mode on or off.
func (s *Server) setMaintenance(w http.ResponseWriter, r *http.Request) {
	f, fault := decode(r, []property{{"enabled", boolean, true}})
	if fault != nil {
		s.fail(w, r, fault)
		return
	}
	on, _ := f["enabled"].(bool)
	s.maintenance.Store(on)
	w.WriteHeader(http.StatusNoContent)
}

// maintained refuses writes in maintenance mode, as Unleash does: those below /api
// alone, so that people can still sign up.
func (s *Server) maintained(next http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		write := r.Method == http.MethodPost || r.Method == http.MethodPut || r.Method == http.MethodDelete
		if write && s.maintenance.Load() && !strings.Contains(r.URL.Path, "/maintenance") {
			s.answer(w, r, http.StatusServiceUnavailable, map[string]string{"message": "Unleash is currently in maintenance mode."})
			return
		}
		next.ServeHTTP(w, r)
	}
}
