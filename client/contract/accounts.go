package contract

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"unleash-invite/client"
	"unleash-invite/model"
)

const accountsPath = "/api/admin/user-admin"

// joined signs somebody up and returns their account as the client has it.
func (s *suite) joined(t *testing.T, secret string) model.Account {
	t.Helper()
	person := newcomer("Ann Smith")
	if a := s.signUp(t, secret, person); a.status != http.StatusCreated {
		t.Fatalf("sign-up: %d %s", a.status, a.body)
	}
	accounts, err := s.admin.Accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(accounts.All, func(a model.Account) bool { return a.Email == person["email"] })
	if at < 0 {
		t.Fatalf("%s is not among %d accounts", person["email"], accounts.Total)
	}
	return accounts.All[at]
}

// wantGone checks that an account is not there, on the wire.
func (s *suite) wantGone(t *testing.T, id int64) {
	t.Helper()
	const message = "No user found"
	a := s.call(t, http.MethodGet, fmt.Sprint(accountsPath, "/", id), "")
	a.wantFailure(t, http.StatusNotFound, plain("NotFoundError", message).inFour(message))
}

func kindOf(err error) client.Kind {
	if e, ok := errors.AsType[*client.Error](err); ok {
		return e.Kind
	}
	return 0
}

func listAccounts(t *testing.T, s *suite) {
	made := s.live(t)
	ann := s.joined(t, made.Secret)
	if ann.Name != "Ann Smith" || ann.Role.Name != "Viewer" || !ann.SeenAt.IsZero() || ann.SCIM {
		t.Errorf("%+v", ann)
	}
	if ann.CreatedAt.Before(made.CreatedAt.Add(-time.Second)) || ann.CreatedAt.After(made.CreatedAt.Add(time.Minute)) {
		t.Errorf("rule 15: joined at %s by a link of %s", ann.CreatedAt, made.CreatedAt)
	}
	one, err := s.admin.Account(t.Context(), ann.ID)
	if err != nil || one.ID != ann.ID || one.Email != ann.Email || !one.CreatedAt.Equal(ann.CreatedAt) || one.Role.ID != ann.Role.ID {
		t.Errorf("one: %+v, %v, want %+v", one, err, ann)
	}
	first := s.call(t, http.MethodGet, accountsPath, "")
	again := s.call(t, http.MethodGet, accountsPath, "", withHeader("If-None-Match", first.header.Get("ETag")))
	if again.status != http.StatusNotModified {
		t.Errorf("the same list again: %d", again.status)
	}
	_, err = s.viewer.Accounts(t.Context())
	s.wantError(t, err, http.StatusForbidden, "PermissionError")
}

func removeAccounts(t *testing.T, s *suite) {
	made := s.live(t)
	gone, stays := s.joined(t, made.Secret), s.joined(t, made.Secret)
	if err := s.admin.RemoveAccount(t.Context(), gone); err != nil {
		t.Fatal(err)
	}
	s.wantGone(t, gone.ID)
	if users := s.fetch(t, made.Secret).Users; len(users) != 1 || int64(users[0].ID) != stays.ID {
		t.Errorf("rule 13: the link lists %+v", users)
	}
	if err := s.admin.RemoveAccount(t.Context(), gone); err != nil {
		t.Errorf("once more: %v", err)
	}
	other := s.client(t, s.target.AdminToken)
	if err := other.RemoveAccount(t.Context(), gone); kindOf(err) != client.KindRemovedBefore {
		t.Errorf("by somebody else: %v", err)
	}
	again := map[string]string{"name": "Ann again", "email": gone.Email, "password": "correct horse battery staple"}
	if a := s.signUp(t, made.Secret, again); a.status != http.StatusCreated {
		t.Errorf("rule 13: the e-mail is not free: %d %s", a.status, a.body)
	}
	wrong := stays
	wrong.Email = "somebody@example.com"
	if err := s.admin.RemoveAccount(t.Context(), wrong); kindOf(err) != client.KindChanged {
		t.Errorf("another e-mail: %v", err)
	}
	all := other.RemoveAccounts(t.Context(), []model.Account{gone, stays}, func(model.Removal) {})
	if all[0].State != model.Removed || kindOf(all[0].Err) != client.KindRemovedBefore || all[1].State != model.Removed || all[1].Err != nil {
		t.Errorf("both: %+v", all)
	}
	s.wantGone(t, stays.ID)
}

func keepOwnAccount(t *testing.T, s *suite) {
	me, err := s.admin.WhoAmI(t.Context())
	if err != nil || me.ID == 0 {
		t.Fatalf("%+v, %v", me, err)
	}
	own, err := s.admin.Account(t.Context(), me.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.admin.RemoveAccount(t.Context(), own); kindOf(err) != client.KindNotDone {
		t.Errorf("our own: %v", err)
	}
	if _, err := s.admin.Account(t.Context(), me.ID); err != nil {
		t.Errorf("it is gone: %v", err)
	}
}

func changeRole(t *testing.T, s *suite) {
	ann := s.joined(t, s.live(t).Secret)
	accounts, err := s.admin.Accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(accounts.Roles, func(r model.Role) bool { return r.Name == "Editor" })
	if at < 0 {
		t.Fatalf("roles %+v", accounts.Roles)
	}
	if err := s.admin.ChangeRole(t.Context(), ann, accounts.Roles[at]); err != nil {
		t.Fatal(err)
	}
	if now, err := s.admin.Account(t.Context(), ann.ID); err != nil || now.Role.ID != accounts.Roles[at].ID || now.Name != ann.Name {
		t.Errorf("%+v, %v", now, err)
	}
	if err := s.admin.ChangeRole(t.Context(), ann, accounts.Roles[at]); kindOf(err) != client.KindChanged {
		t.Errorf("of an account that has another role: %v", err)
	}
}

func maintenance(t *testing.T, s *suite) {
	s.since(t, 5)
	made := s.live(t)
	shown, err := s.admin.Token(t.Context(), made.Secret)
	if err != nil {
		t.Fatal(err)
	}
	ann := s.joined(t, made.Secret)
	t.Cleanup(func() { s.call(t, http.MethodPost, "/api/admin/maintenance", `{"enabled":false}`) })
	s.setMaintenance(t, true)
	_, err = s.admin.DeleteLink(t.Context(), shown)
	if e, ok := errors.AsType[*client.Error](err); !ok || !e.Maintenance() || e.Kind != client.KindNotDone {
		t.Errorf("rule 12: deleted in maintenance mode: %v", err)
	}
	err = s.admin.RemoveAccount(t.Context(), ann)
	if e, ok := errors.AsType[*client.Error](err); !ok || !e.Maintenance() {
		t.Errorf("rule 12: removed in maintenance mode: %v", err)
	}
	s.join(t, made.Secret, "Bob")
	s.setMaintenance(t, false)
	if err := s.admin.RemoveAccount(t.Context(), ann); err != nil {
		t.Errorf("after maintenance: %v", err)
	}
}

// setMaintenance sets it again where a request of the same moment has made the server keep the old value, as it does for a minute.
func (s *suite) setMaintenance(t *testing.T, on bool) {
	t.Helper()
	for try := 1; ; try++ {
		server, err := s.admin.SetMaintenance(t.Context(), on)
		if kindOf(err) == client.KindUnconfirmed && try < 3 {
			continue
		}
		if err != nil || server.Maintenance != on {
			t.Fatalf("maintenance %v: %+v, %v", on, server, err)
		}
		return
	}
}
