package tui

import (
	"strings"
	"testing"
	"time"

	"unleash-invite/model"
	"unleash-invite/tui/screen"
)

func TestPlainStatusTellsTheTimes(t *testing.T) {
	at := func(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 33, 0, 0, time.UTC) }
	for name, test := range map[string]struct {
		token model.Token
		want  string
	}{
		"live":           {model.Token{Enabled: true, Verdict: model.Accepted, ExpiresAt: at(28, 23)}, "\nStops working: Sat 28 Nov 2026 00:00 UTC (in 4 days 9 hours)\n"},
		"still accepted": {model.Token{Enabled: true, Verdict: model.Accepted, ExpiresAt: at(23, 23)}, "\nExpiry: Mon 23 Nov 2026 23:33 UTC (the server still accepts it)\n"},
		"refused":        {model.Token{Enabled: true, Verdict: model.Rejected, ExpiresAt: at(23, 23)}, "\nStopped: Mon 23 Nov 2026 00:00 UTC (14 hours 2 minutes ago)\n"},
		"expired":        {model.Token{Enabled: true, Verdict: model.Rejected, ExpiresAt: at(22, 23)}, "\nStopped: Sun 22 Nov 2026 00:00 UTC (1 day 14 hours ago)\n"},
		"deleted":        {model.Token{ExpiresAt: at(28, 23)}, "\nExpiry: Sat 28 Nov 2026 23:33 UTC (in 5 days 9 hours)\n"},
		"unknown":        {model.Token{Enabled: true, Verdict: model.Accepted}, "\nExpiry: unknown\n"},
	} {
		t.Run(name, func(t *testing.T) {
			links := model.Links{FetchedAt: noon, Tokens: []model.Token{test.token}}
			text := screen.Plain(links, model.Server{}, "", noon)
			if !strings.Contains(text, test.want) || !strings.Contains(text, "\nCreated: unknown\n") || strings.Contains(text, "0001") {
				t.Errorf("no %q in\n%s", test.want, text)
			}
			if ends := strings.HasPrefix(text, "Ending soon"); ends != (name == "still accepted") {
				t.Errorf("the status of\n%s", text)
			}
		})
	}
}

func TestPlainStatusWarns(t *testing.T) {
	links := model.Links{FetchedAt: noon, Tokens: []model.Token{{
		Secret: "abc", URL: "http://localhost:4242/abc", Enabled: true, ExpiresAt: noon, Refused: true,
	}}}
	text := screen.Plain(links, model.Server{PasswordAuthDisabled: true, Maintenance: true}, "https://flags.acme.io", noon)
	for _, want := range []string{"the server gave this link an address that is not safe", "password sign-in is off", "maintenance mode is on", "the link leads to localhost"} {
		if !strings.Contains(text, "\nWarning: "+want) {
			t.Errorf("no warning %q in\n%s", want, text)
		}
	}
}
