package contract

import (
	"net/http"
	"testing"
	"time"

	"unleash-invite/model"
)

// ends are expiries around the server's day, with what the server makes of them.
func ends(today time.Time) map[string]struct {
	at   time.Time
	want model.Verdict
} {
	type end = struct {
		at   time.Time
		want model.Verdict
	}
	return map[string]end{
		"last week":          {today.AddDate(0, 0, -7).Add(12 * time.Hour), model.Rejected},
		"last millisecond":   {today.Add(-time.Millisecond), model.Rejected},
		"earlier today":      {today, model.Rejected},
		"later today":        {today.Add(24*time.Hour - time.Millisecond), model.Rejected},
		"tomorrow 00:00 UTC": {today.AddDate(0, 0, 1), model.Accepted},
		"tomorrow at noon":   {today.AddDate(0, 0, 1).Add(12 * time.Hour), model.Accepted},
		"in 20 days":         {today.AddDate(0, 0, 20).Add(time.Hour), model.Accepted},
	}
}

func dayRuleOnCreate(t *testing.T, s *suite) {
	for name, end := range ends(s.today(t)) {
		t.Run(name, func(t *testing.T) {
			made := s.make(t, unique(), end.at)
			if !made.ExpiresAt.Equal(end.at) {
				t.Errorf("expires at %s, want %s", made.ExpiresAt, end.at)
			}
			s.wantDayRule(t, made.Secret, end.want)
		})
	}
}

func dayRuleOnUpdate(t *testing.T, s *suite) {
	made := s.live(t)
	for name, end := range ends(s.today(t)) {
		t.Run(name, func(t *testing.T) {
			if err := s.admin.SetExpiry(t.Context(), made.Secret, end.at); err != nil {
				t.Fatal(err)
			}
			if got := s.fetch(t, made.Secret).ExpiresAt; !got.Equal(end.at) {
				t.Errorf("expires at %s, want %s", got, end.at)
			}
			s.wantDayRule(t, made.Secret, end.want)
		})
	}
}

// wantDayRule checks that validate, sign-up and the model say the same.
func (s *suite) wantDayRule(t *testing.T, secret string, want model.Verdict) {
	t.Helper()
	s.wantVerdict(t, secret, want)
	status := http.StatusOK
	if want == model.Rejected {
		status = http.StatusBadRequest
		s.signUp(t, secret, newcomer("Dora")).wantEmpty(t, http.StatusBadRequest)
	} else {
		s.join(t, secret, "Dora")
	}
	s.call(t, http.MethodGet, "/invite/"+secret+"/validate", "", as("")).wantEmpty(t, status)
	got, err := s.admin.Token(t.Context(), secret)
	got.Verdict = model.Unverified
	if err != nil || got.Live(s.now(t)) != (want == model.Accepted) {
		t.Errorf("the model's own day rule says otherwise of %+v (%v)", got, err)
	}
}

func validateIsPublic(t *testing.T, s *suite) {
	made := s.live(t)
	for _, credential := range []string{"", "user:wrong", "*:*.wrong", s.target.ViewerToken, s.target.AdminToken} {
		s.call(t, http.MethodGet, "/invite/"+made.Secret+"/validate", "", as(credential)).wantEmpty(t, http.StatusOK)
	}
	stranger := s.client(t, "user:wrong")
	if got, err := stranger.Validate(t.Context(), made.Secret); err != nil || got != model.Accepted {
		t.Errorf("verdict %v, %v, want accepted", got, err)
	}
}

// verdictIsBare: 200 and 400 with nothing in them, nothing for caches, and whatever the query is.
func verdictIsBare(t *testing.T, s *suite) {
	live, gone := s.live(t), s.live(t)
	s.setEnabled(t, gone.Secret, false)
	for secret, want := range map[string]int{live.Secret: http.StatusOK, gone.Secret: http.StatusBadRequest, unique(): http.StatusBadRequest} {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			for _, query := range []string{"", "?" + unique()} {
				a := s.call(t, method, "/invite/"+secret+"/validate"+query, "", as(""))
				a.wantEmpty(t, want)
				for _, name := range []string{"Content-Type", "Cache-Control", "Expires", "Age", "ETag", "Last-Modified"} {
					if a.header.Get(name) != "" {
						t.Errorf("%s: %s %q", method, name, a.header.Get(name))
					}
				}
			}
		}
	}
}
