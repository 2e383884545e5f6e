package contract

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"unleash-invite/model"
)

func createAnswer(t *testing.T, s *suite) {
	name, expiresAt, before := unique(), s.today(t).AddDate(0, 0, 3), s.now(t)
	body := object(t, map[string]string{"name": name, "expiresAt": millis(expiresAt)})
	a := s.call(t, http.MethodPost, linksPath, body)
	got := decode[token](t, a, http.StatusCreated)
	s.deleteAfter(t, got.Secret)

	if location := a.header.Get("Location"); location != "tokens/"+got.Secret {
		t.Errorf("Location %q of %s", location, got.Secret)
	}
	if !regexp.MustCompile(`^[0-9a-f]{32}$`).MatchString(got.Secret) {
		t.Errorf("secret %q", got.Secret)
	}
	if got.Name != name || !got.ExpiresAt.Equal(expiresAt) || !got.Enabled || got.CreatedBy == "" {
		t.Errorf("%+v, want %s until %s", got, name, expiresAt)
	}
	if got.CreatedAt.Before(before) || got.CreatedAt.After(before.Add(time.Minute)) {
		t.Errorf("created at %s, asked after %s", got.CreatedAt, before)
	}
	wantNewLink(t, s, got)
}

// wantNewLink checks what is the same with every new token.
func wantNewLink(t *testing.T, s *suite, got token) {
	t.Helper()
	at, err := s.admin.Server(t.Context())
	if want := at.UnleashURL + "/new-user?invite=" + got.Secret; err != nil || got.URL != want {
		t.Errorf("url %q, want %q (%v)", got.URL, want, err)
	}
	if got.Role.Name != "Viewer" || got.Role.Type != "root" || got.Role.ID == 0 || got.Users == nil || len(got.Users) > 0 {
		t.Errorf("role %+v, users %v", got.Role, got.Users)
	}
}

func severalLive(t *testing.T, s *suite) {
	name, expiresAt := unique(), s.today(t).AddDate(0, 0, 5)
	secrets := map[string]bool{}
	for range 2 {
		made, err := s.admin.Create(t.Context(), name, expiresAt)
		if err != nil {
			t.Fatal(err)
		}
		s.deleteAfter(t, made.Secret)
		secrets[made.Secret] = true
	}
	if len(secrets) != 2 {
		t.Errorf("secrets = %v, want two", secrets)
	}
	for secret := range secrets {
		s.wantVerdict(t, secret, model.Accepted)
		s.join(t, secret, "Carol Díaz")
	}
}

func hiddenLinkWorks(t *testing.T, s *suite) {
	s.make(t, model.DefaultName, s.today(t).AddDate(0, 0, 5))
	hidden := s.live(t)
	s.wantVerdict(t, hidden.Secret, model.Accepted)
	s.join(t, hidden.Secret, "Mallory")
}

func createIsCapped(t *testing.T, s *suite) {
	today := s.today(t)
	for _, asked := range []time.Time{today.AddDate(0, 0, 40), today.AddDate(0, 0, 300), today.AddDate(20, 0, 0)} {
		got, err := s.admin.Create(t.Context(), unique(), asked)
		if err != nil {
			t.Fatal(err)
		}
		s.deleteAfter(t, got.Secret)
		// The cap counts from just before the row's own creation.
		if off := model.LatestExpiry(got.CreatedAt).Sub(got.ExpiresAt); off < -time.Second || off > 5*time.Second {
			t.Errorf("asked for %s at %s, got %s", asked, got.CreatedAt, got.ExpiresAt)
		}
	}
	inside := model.LatestExpiry(today).Add(-time.Millisecond)
	if got := s.make(t, unique(), inside); !got.ExpiresAt.Equal(inside) {
		t.Errorf("asked for %s, got %s", inside, got.ExpiresAt)
	}
}

func pastAndNameless(t *testing.T, s *suite) {
	past := time.Date(2020, 2, 29, 0, 0, 0, 0, time.UTC)
	got, err := s.admin.Create(t.Context(), "", past)
	if err != nil {
		t.Fatal(err)
	}
	s.deleteAfter(t, got.Secret)
	if wire := s.fetch(t, got.Secret); wire.Name != "" || !wire.ExpiresAt.Equal(past) || !wire.Enabled {
		t.Errorf("%+v, want a nameless one that expired at %s", wire, past)
	}
	s.wantVerdict(t, got.Secret, model.Rejected)
}

func timesAreNormalized(t *testing.T, s *suite) {
	day := s.today(t).AddDate(0, 0, 9)
	date, dayBefore := day.Format(time.DateOnly), day.AddDate(0, 0, -1).Format(time.DateOnly)
	for sent, want := range map[string]string{
		date + "T00:00:00Z":         date + "T00:00:00.000Z",
		date + "T10:20:30.123999Z":  date + "T10:20:30.123Z",
		date + "T00:00:00.5+02:00":  dayBefore + "T22:00:00.500Z",
		date + "t10:20:30z":         date + "T10:20:30.000Z",
		date + " 10:20:30Z":         date + "T10:20:30.000Z",
		date + "T10:20:30.25-01:30": date + "T11:50:30.250Z",
	} {
		body := object(t, map[string]string{"name": unique(), "expiresAt": sent})
		got := decode[struct{ Secret, ExpiresAt string }](t, s.call(t, http.MethodPost, linksPath, body), http.StatusCreated)
		s.deleteAfter(t, got.Secret)
		if got.ExpiresAt != want {
			t.Errorf("%s became %s, want %s", sent, got.ExpiresAt, want)
		}
	}
}

func createRefused(t *testing.T, s *suite) {
	const at = "2026-12-01T00:00:00Z"
	before := len(s.list(t))
	for body, want := range map[string]failure{
		`{}`:                                    missing("/body/name"),
		``:                                      missing("/body/name"),
		`{"expiresAt":"` + at + `"}`:            missing("/body/name"),
		`{"name":"x"}`:                          missing("/body/expiresAt"),
		`{"name":"x","expiresAt":"garbage"}`:    mistyped("/body/expiresAt", `must match format "date-time"`, `"garbage"`),
		`{"name":"x","expiresAt":"2026-12-01"}`: mistyped("/body/expiresAt", `must match format "date-time"`, `"2026-12-01"`),
		`{"name":"x","expiresAt":"2026-02-30T00:00:00Z"}`: mistyped("/body/expiresAt", `must match format "date-time"`, `"2026-02-30T00:00:00Z"`),
		`{"name":"x","expiresAt":"<&>"}`:                  mistyped("/body/expiresAt", `must match format "date-time"`, `"<&>"`),
		`{"name":"x","expiresAt":7}`:                      mistyped("/body/expiresAt", `must match format "date-time"`, `"7"`),
		`{"name":"x","expiresAt":null}`:                   mistyped("/body/expiresAt", `must match format "date-time"`, `""`),
		`{"name":["a"],"expiresAt":"` + at + `"}`:         mistyped("/body/name", "must be string", `["a"]`),
		`{"name":{},"expiresAt":"` + at + `"}`:            mistyped("/body/name", "must be string", `{}`),
		`{"name":"x","expiresAt":"garbage","foo":1}`:      additional("/body/foo"),
		`{"name":"x","z":1,"a":2,"expiresAt":"y"}`:        additional("/body/z"),
		`{"foo":1}`: missing("/body/name").inFour(additional("").Four),
		`[]`:        mistyped("/body", "must be object", "[]"),
		`null`:      mistyped("/body", "must be object", "null"),
		`"x"`:       mistyped("/body", "must be object", `"x"`),
	} {
		t.Run(body, func(t *testing.T) {
			if strings.Contains(body, "02-30") { // Unleash 4 takes it for 2 March
				s.since(t, 5)
			}
			a := s.call(t, http.MethodPost, linksPath, body, withHeader("Content-Type", "application/json"))
			a.wantFailure(t, http.StatusBadRequest, want)
		})
	}
	if after := len(s.list(t)); after != before {
		t.Errorf("%d tokens were made", after-before)
	}
}
