package demo

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// The root roles, by their ids.
const (
	adminRole  = 1
	editorRole = 2
	viewerRole = 3
)

func rootRoles() []role {
	return []role{{adminRole, "Admin", "root"}, {editorRole, "Editor", "root"}, {viewerRole, "Viewer", "root"}}
}

// listAccounts answers with every account, the oldest first.
func (s *Server) listAccounts(w http.ResponseWriter, r *http.Request) {
	s.answer(w, r, http.StatusOK, map[string]any{"users": s.store.accounts(), "rootRoles": rootRoles()})
}

// withAccount calls a handler with the id in the path, which must be a number.
func (s *Server) withAccount(next func(http.ResponseWriter, *http.Request, int)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id, err := strconv.Atoi(r.PathValue("id"))
		if err != nil {
			s.fail(w, r, invalidValue("/params/id", "must be integer", mustEncode(r.PathValue("id"))))
			return
		}
		next(w, r, id)
	}
}

func (s *Server) getAccount(w http.ResponseWriter, r *http.Request, id int) {
	u, ok := s.store.account(id)
	if !ok {
		s.fail(w, r, unknownAccount())
		return
	}
	s.answer(w, r, http.StatusOK, u)
}

func (s *Server) updateAccount(w http.ResponseWriter, r *http.Request, id int) {
	f, fault := decode(r, []property{{"name", text, false}, {"email", text, false}, {"rootRole", text, false}})
	if fault != nil {
		s.fail(w, r, fault)
		return
	}
	roleID := number(f.text("rootRole"), 0)
	known := slices.ContainsFunc(rootRoles(), func(r role) bool { return r.ID == roleID })
	if !known && f.text("rootRole") != "" {
		s.fail(w, r, refused("Could not find rootRole="+f.text("rootRole")))
		return
	}
	u, ok := s.store.updateAccount(id, f.text("name"), roleID, s.now())
	if !ok {
		s.fail(w, r, unknownAccount())
		return
	}
	s.answer(w, r, http.StatusOK, u)
}

func (s *Server) deleteAccount(w http.ResponseWriter, r *http.Request, id int) {
	if !s.store.deleteAccount(id, s.now()) {
		s.fail(w, r, unknownAccount())
	}
}

func unknownAccount() *failure {
	return newError(http.StatusNotFound, "NotFoundError", "No user found")
}

// accounts lists every account, the oldest first.
func (s *store) accounts() []user {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.SortedFunc(maps.Values(s.users), func(a, b user) int { return cmp.Compare(a.ID, b.ID) })
}

func (s *store) account(id int) (user, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	u, ok := s.users[id]
	return u, ok
}

// updateAccount changes an account; an empty name and no role leave those as they are.
func (s *store) updateAccount(id int, name string, roleID int, now time.Time) (user, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before, ok := s.users[id]
	if !ok {
		return user{}, false
	}
	u := before
	u.Name, u.RootRole = cmp.Or(name, u.Name), cmp.Or(roleID, u.RootRole)
	s.users[id] = u
	s.log(userUpdated, adminName, adminID, newUserData(u), now)
	s.events[len(s.events)-1].PreData = newUserData(before)
	return u, true
}

// deleteAccount ends an account, frees its e-mail and user name, and takes its owner off
// the link they joined by.
func (s *store) deleteAccount(id int, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	u, ok := s.users[id]
	if !ok {
		return false
	}
	delete(s.users, id)
	delete(s.emails, u.Email)
	delete(s.usernames, u.Username)
	for _, t := range s.tokens {
		left := []member{} // a new one, as answers under way have the old one
		for _, m := range t.Users {
			if m.ID != id {
				left = append(left, m)
			}
		}
		t.Users = left
	}
	s.log(userDeleted, adminName, adminID, nil, now)
	s.events[len(s.events)-1].PreData = newUserData(u)
	return true
}
