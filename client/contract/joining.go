package contract

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode"

	"unleash-invite/model"
)

func signUp(t *testing.T, s *suite) {
	made := s.live(t)
	ann, bob := newcomer("Ann Smith"), newcomer("Bob")
	ann["email"] = strings.ToUpper(ann["email"])
	bob["username"] = unique()
	for _, fields := range []map[string]string{ann, bob} {
		got := decode[struct {
			Name, Username, Email string
			RootRole              int
		}](t, s.signUp(t, made.Secret, fields), http.StatusCreated)
		if got.Name != fields["name"] || got.Email != strings.ToLower(fields["email"]) ||
			got.Username != fields["username"] || s.major > 4 && got.RootRole != made.Role.ID {
			t.Errorf("signed up %v: %+v", fields, got)
		}
	}
	wire := decode[struct {
		Users []map[string]any `json:"users"`
	}](t, s.call(t, http.MethodGet, linksPath+"/"+made.Secret, ""), http.StatusOK)
	if len(wire.Users) != 2 || wire.Users[0]["name"] != "Ann Smith" || wire.Users[1]["name"] != "Bob" ||
		wire.Users[0]["username"] != nil || wire.Users[1]["username"] != bob["username"] {
		t.Fatalf("users = %v", wire.Users)
	}
	for _, u := range wire.Users {
		if keys := slices.Sorted(maps.Keys(u)); !slices.Equal(keys, []string{"id", "name", "username"}) {
			t.Errorf("a person's fields = %v", keys)
		}
	}
}

func signUpTwice(t *testing.T, s *suite) {
	made, other := s.live(t), s.live(t)
	person := newcomer("Ann Smith")
	if a := s.signUp(t, made.Secret, person); a.status != http.StatusCreated {
		t.Fatalf("first: %d %s", a.status, a.body)
	}
	status, exists := http.StatusBadRequest, rejected("User already exists")
	if s.major == 4 {
		status, exists = http.StatusInternalServerError, exists.inFour("")
	}
	s.signUp(t, made.Secret, person).wantFailure(t, status, exists)
	person["email"] = strings.ToUpper(person["email"])
	s.signUp(t, other.Secret, person).wantFailure(t, status, exists)
	if users := s.fetch(t, made.Secret).Users; len(users) != 1 {
		t.Errorf("users = %v, want one", users)
	}
}

func signUpInvalid(t *testing.T, s *suite) {
	made := s.live(t)
	if err := s.admin.Delete(t.Context(), made.Secret); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{made.Secret, strings.Repeat("0", 32)} {
		person := newcomer("Zoë")
		s.signUp(t, secret, person).wantEmpty(t, http.StatusBadRequest)
		person["name"] = "" // Whether the link is valid comes first.
		s.signUp(t, secret, person).wantEmpty(t, http.StatusBadRequest)
	}
	if users := s.fetch(t, made.Secret).Users; len(users) != 0 {
		t.Errorf("users = %v, want none", users)
	}
}

func signUpRefused(t *testing.T, s *suite) {
	made := s.live(t)
	without := func(name string) map[string]string {
		fields := newcomer("Ann")
		delete(fields, name)
		return fields
	}
	with := func(name, value string) map[string]string {
		fields := newcomer("Ann")
		fields[name] = value
		return fields
	}
	notEmail := func(sent string) failure {
		return invalid("", `"value" must be a valid email. You provided "`+sent+`".`).inFour("must be a valid email")
	}
	for name, c := range map[string]struct {
		fields map[string]string
		want   failure
	}{
		"nothing":       {map[string]string{}, missing("/body/email")},
		"no e-mail":     {without("email"), missing("/body/email")},
		"no name":       {without("name"), missing("/body/name")},
		"no password":   {without("password"), missing("/body/password")},
		"a role":        {with("rootRole", "1"), additional("/body/rootRole")},
		"empty name":    {with("name", ""), invalid("", `"value" is not allowed to be empty.`)},
		"empty e-mail":  {with("email", ""), rejected("You must specify username or email")},
		"not an e-mail": {with("email", "not an email"), notEmail("not an email")},
		"no domain":     {with("email", "ann@localhost"), notEmail("ann@localhost")},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "empty name" {
				s.since(t, 6)
			}
			s.signUp(t, made.Secret, c.fields).wantFailure(t, http.StatusBadRequest, c.want)
		})
	}
	if users := s.fetch(t, made.Secret).Users; len(users) != 0 {
		t.Errorf("users = %v, want none", users)
	}
}

// hostile are names that do harm to a terminal that prints them.
func hostile() []string {
	return []string{
		"Eve\x1b]52;c;ZXZpbA==\x07\x1b[31m\u202e",
		"line\r\nfeed\ttab\bback\x7fdel",
		"C1 \u009b31m \u009d0;title\u009c \u0090q\u009c",
		"bidi \u202a\u202b\u202d\u2066\u2067\u2069\u200e\u200f\u061c",
		"separators \u2028\u2029\u0085 zero \u200b\u200d\ufeff",
		"<b>&amp;</b> \\u001b \\x1b %1b \ufffd\U000e0001\ue000",
		"  spaces  ",
		"山田 太郎 👩‍👩‍👧 é e\u0301",
		strings.Repeat("W", 250),
	}
}

func hostileNames(t *testing.T, s *suite) {
	expiresAt := s.today(t).AddDate(0, 0, 5)
	for _, name := range hostile() {
		made := s.make(t, name, expiresAt)
		s.join(t, made.Secret, name)
		got := s.fetch(t, made.Secret)
		if listed := s.list(t)[made.Secret]; made.Name != name || got.Name != name || listed.Name != name {
			t.Errorf("a token named %q is %q, %q and %q", name, made.Name, got.Name, listed.Name)
		}
		if len(got.Users) != 1 || got.Users[0].Name != name {
			t.Errorf("a person named %q is %+v", name, got.Users)
		}
	}
}

func hostileNamesMadeSafe(t *testing.T, s *suite) {
	expiresAt := s.today(t).AddDate(0, 0, 5)
	for _, name := range hostile() {
		made, err := s.admin.Create(t.Context(), name, expiresAt)
		if err != nil {
			t.Fatal(err)
		}
		s.deleteAfter(t, made.Secret)
		s.join(t, made.Secret, name)
		got, err := s.admin.Token(t.Context(), made.Secret)
		if err != nil || len(got.Joined) != 1 {
			t.Fatalf("%+v, %v, want one person", got, err)
		}
		wantSafe(t, made.Name)
		wantSafe(t, got.Name)
		wantSafe(t, got.Joined[0].Name)
	}
}

func wantSafe(t *testing.T, text string) {
	t.Helper()
	harmful := func(r rune) bool {
		return unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp, unicode.Co) || unicode.Is(unicode.Bidi_Control, r)
	}
	if strings.ContainsFunc(text, harmful) {
		t.Errorf("the client lets through %q", text)
	}
}

func nulIsRefused(t *testing.T, s *suite) {
	body := object(t, map[string]string{"name": "a\x00b", "expiresAt": millis(s.today(t))})
	made := s.live(t)
	for _, a := range []answer{
		s.call(t, http.MethodPost, linksPath, body),
		s.signUp(t, made.Secret, newcomer("a\x00b")),
	} {
		if s.major == 4 {
			a.wantEmpty(t, http.StatusInternalServerError)
			continue
		}
		got := decode[failure](t, a, http.StatusInternalServerError)
		if got.Name != "UnknownError" || !strings.Contains(got.Message, "invalid byte sequence") {
			t.Errorf("%+v", got)
		}
	}
	_, err := s.admin.Create(t.Context(), "a\x00b", s.today(t))
	s.wantError(t, err, http.StatusInternalServerError, "UnknownError")
	s.wantVerdict(t, made.Secret, model.Accepted)
}
