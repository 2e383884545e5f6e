package demo

import (
	"net/http"
)

func (s *Server) listTokens(w http.ResponseWriter, r *http.Request) {
	s.answer(w, r, http.StatusOK, map[string][]token{"tokens": s.store.list()})
}

func (s *Server) getToken(w http.ResponseWriter, r *http.Request) {
	t, ok := s.store.get(r.PathValue("secret"))
	if !ok {
		s.fail(w, r, unknownToken())
		return
	}
	s.answer(w, r, http.StatusOK, t)
}

func (s *Server) createToken(w http.ResponseWriter, r *http.Request) {
	f, fault := decode(r, []property{{"name", text, true}, {"expiresAt", dateTime, true}})
	if fault == nil {
		fault = storable(f.text("name"))
	}
	if fault != nil {
		s.fail(w, r, fault)
		return
	}
	expiresAt, _ := f.time("expiresAt")
	t := s.store.create(f.text("name"), expiresAt, s.now())
	w.Header().Set("Location", "tokens/"+t.Secret)
	s.answer(w, r, http.StatusCreated, t)
}

func (s *Server) updateToken(w http.ResponseWriter, r *http.Request) {
	f, fault := decode(r, []property{{"expiresAt", dateTime, false}, {"enabled", boolean, false}})
	if fault != nil {
		s.fail(w, r, fault)
		return
	}
	if len(f) == 0 {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	c := change{Secret: r.PathValue("secret")}
	if enabled, ok := f["enabled"].(bool); ok {
		c.Enabled = &enabled
	}
	if expiresAt, ok := f.time("expiresAt"); ok {
		c.ExpiresAt = &stamp{expiresAt}
	}
	t, ok := s.store.update(c, s.now())
	if !ok {
		s.fail(w, r, unknownToken())
		return
	}
	// Unleash answers with the bare database row.
	t.Role, t.Users = role{}, []member{}
	s.answer(w, r, http.StatusOK, t)
}

func unknownToken() *failure {
	return newError(http.StatusNotFound, "NotFoundError", "Could not find public signup token.")
}
