package faults

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"unleash-invite/client"
	"unleash-invite/model"
)

// crowdSize is how many accounts a run removes.
const crowdSize = 2

// removalRequests are those of a run without a fault: whose the credential is, and each
// account's check, removal and look.
const removalRequests = 1 + 3*crowdSize

// removals is every fault at every request of the removal of some accounts: once,
// and from that request on.
func (s *suite) removals() []testCase {
	var cases []testCase
	for k := range removalRequests {
		for _, f := range allFaults() {
			for name, onward := range map[string]bool{"once": false, "from there on": true} {
				cases = append(cases, testCase{
					name: fmt.Sprintf("remove: request %d: %s: %s", k+1, f.name, name),
					run:  func(t *testing.T, l *line) { s.removal(t, l, nth(k, f, onward)) },
				})
			}
		}
	}
	return cases
}

// nth plans a fault for the request of that number, or from it on.
func nth(k int, f fault, onward bool) *plan {
	n := -1
	return &plan{choose: func(*http.Request, int) (fault, bool) {
		n++
		return f, n == k || onward && n > k
	}}
}

// removal removes accounts once, compares the report with the server, and
// removes the rest.
func (s *suite) removal(t *testing.T, l *line, p *plan) {
	crowd := l.crowd(t)
	got := l.client(t, p).RemoveAccounts(t.Context(), crowd, func(model.Removal) {})
	hits, late := p.count()
	s.faults.Add(int64(hits))
	s.runs.Add(1)
	if hits == 0 {
		t.Error("the fault did not come about")
	}
	if late {
		time.Sleep(l.delay())
	}
	for _, r := range got {
		there := l.has(t, r.Account)
		failed, _ := errors.AsType[*client.Error](r.Err)
		warned := late && failed != nil && strings.Contains(failed.Hint(), "still be on its way")
		switch {
		case r.State == model.Removing, r.State != model.Removed && failed == nil:
			t.Errorf("%s: state %d, %v", r.Account.Email, r.State, r.Err)
		case r.State == model.Removed && there, r.State == model.NotRemoved && !there && !warned:
			t.Errorf("%s: state %d, %v; but it is there: %v", r.Account.Email, r.State, r.Err, there)
		}
	}
	for _, r := range l.direct.RemoveAccounts(t.Context(), model.Left(got), func(model.Removal) {}) {
		if r.State != model.Removed || l.has(t, r.Account) {
			t.Errorf("gone on with %s: state %d, %v", r.Account.Email, r.State, r.Err)
		}
	}
}

// crowd signs people up and returns their accounts.
func (l *line) crowd(t *testing.T) []model.Account {
	t.Helper()
	link := l.arrange(t, 1).Live(time.Now())[0]
	for i := range crowdSize {
		body := fmt.Sprintf(`{"name":"Guest %d","email":"guest%d-%d@example.com","password":"Correct-Horse-7-Battery"}`,
			i, i, time.Now().UnixNano())
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, l.server.URL+"/invite/"+link.Secret+"/signup",
			strings.NewReader(body))
		l.must(t, err)
		r.Header.Set("Content-Type", "application/json")
		resp, err := http.DefaultClient.Do(r)
		l.must(t, err)
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusCreated {
			t.Fatalf("sign-up: %d", resp.StatusCode)
		}
	}
	accounts, err := l.direct.Accounts(t.Context())
	l.must(t, err)
	var crowd []model.Account
	for _, j := range model.JoinedAccounts(l.truth(t), accounts)[:crowdSize] {
		crowd = append(crowd, j.Account)
	}
	return crowd
}

// has reports whether the server has an account.
func (l *line) has(t *testing.T, a model.Account) bool {
	t.Helper()
	accounts, err := l.direct.Accounts(t.Context())
	l.must(t, err)
	for _, other := range accounts.All {
		if other.ID == a.ID {
			return true
		}
	}
	return false
}
