package e2e

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"unleash-invite/e2e/instance"
	"unleash-invite/e2e/terminal"
)

// token is a token of the server's API.
type token struct {
	Secret, Name, URL string
	ExpiresAt         time.Time
	Enabled           bool
	Users             []struct{ Name string }
}

func tokens(t *testing.T, i *instance.Instance) []token {
	t.Helper()
	status, body := call(t, http.MethodGet, i.URL+tokensPath, i.AdminToken, "")
	var list struct{ Tokens []token }
	if err := json.Unmarshal([]byte(body), &list); err != nil || status != http.StatusOK {
		t.Fatalf("the list answered %d (%v): %s", status, err, body)
	}
	return list.Tokens
}

// onlyToken is the one token of an instance that has just one.
func onlyToken(t *testing.T, i *instance.Instance) token {
	t.Helper()
	list := tokens(t, i)
	if len(list) != 1 {
		t.Fatalf("there are %d tokens: %+v", len(list), list)
	}
	return list[0]
}

// validate is the server's verdict on a link: 200 or 400.
func validate(t *testing.T, i *instance.Instance, secret string) int {
	t.Helper()
	status, _ := call(t, http.MethodGet, i.URL+"/invite/"+secret+"/validate", "", "")
	return status
}

// disableAll leaves no link enabled on an instance that tests share.
func disableAll(t *testing.T, i *instance.Instance) {
	t.Helper()
	for _, each := range tokens(t, i) {
		if !each.Enabled {
			continue
		}
		status, body := call(t, http.MethodPut, i.URL+tokensPath+"/"+each.Secret, i.AdminToken, `{"enabled":false}`)
		if status != http.StatusOK {
			t.Fatalf("disabling a token answered %d: %s", status, body)
		}
	}
}

// open starts the built program on an instance. It is as over SSH: there is no display.
func open(t *testing.T, i *instance.Instance, credential string, options terminal.Options) *terminal.Terminal {
	t.Helper()
	options.Env = append(options.Env, "UNLEASH_URL="+i.URL, "UNLEASH_TOKEN="+credential, "TZ=UTC", "SSH_CONNECTION=192.0.2.1 1 192.0.2.2 22")
	return terminal.Start(t, options, terminal.Build(t, "unleash-invite"))
}

// midnightAfter is the first 00:00 UTC at or after the time.
func midnightAfter(at time.Time) time.Time {
	day := at.UTC().Truncate(24 * time.Hour)
	if day.Equal(at) {
		return day
	}
	return day.Add(24 * time.Hour)
}

// awayFromMidnight waits over the end of the day, when "in 48 hours" may mean either of two days.
func awayFromMidnight() {
	now := time.Now()
	if left := midnightAfter(now).Sub(now); left < 30*time.Second {
		time.Sleep(left + time.Second)
	}
}
