package screen

import (
	"strings"
	"testing"
	"time"

	"unleash-invite/model"
)

func TestAnExpiryThatTheServerCutIsTold(t *testing.T) {
	noon := time.Date(2026, 11, 23, 14, 2, 52, 0, time.UTC)
	f := Frame{Now: noon}
	made := model.Token{Enabled: true, Verdict: model.Accepted, ExpiresAt: noon.AddDate(0, 0, 20)}
	if got := f.outcome(made, model.Expiry{At: noon.AddDate(0, 0, 30)}); !strings.Contains(got, "The server shortened what was asked for, Wed 23 Dec 2026 14:02 UTC.") {
		t.Errorf("said %q", got)
	}
}
