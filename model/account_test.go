package model

import (
	"fmt"
	"testing"
	"time"
)

func TestJoinedAccounts(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 11, 26, hour, 0, 0, 0, time.UTC) }
	links := Links{Tokens: []Token{
		{Secret: "dead", CreatedAt: at(1), Joined: []Person{{ID: 4, Name: "Dana"}, {ID: 3, Name: "Carol"}}},
		{Secret: "live", Enabled: true, CreatedAt: at(5), Joined: []Person{{ID: 7, Name: "Late"}, {ID: 6, Username: "eve"}}},
	}}
	accounts := Accounts{All: []Account{
		{ID: 6, Name: "Eve", Email: "eve@example.com", CreatedAt: at(6)}, {ID: 4, CreatedAt: at(3)},
		{ID: 3, CreatedAt: at(2)}, {ID: 1, Name: "admin", CreatedAt: at(0)},
	}}
	show := func(all []JoinedAccount) string {
		text := ""
		for _, j := range all {
			text += fmt.Sprint(j.ID, " ", j.By.Secret, " ", j.Known, " ", j.Email, "; ")
		}
		return text
	}
	joined := JoinedAccounts(links, accounts)
	if got, want := show(joined), "7 live false ; 6 live true eve@example.com; 4 dead true ; 3 dead true ; "; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got, want := show(JoinedSince(joined, at(3))), "7 live false ; 6 live true eve@example.com; 4 dead true ; "; got != want {
		t.Errorf("since: got %s\nwant %s", got, want)
	}
	if got := show(JoinedSince(joined, at(6))); got != "6 live true eve@example.com; " {
		t.Errorf("since the last: %s", got)
	}
	if got, want := show(JoinedAccounts(links, Accounts{})), "7 live false ; 6 live false ; 4 dead false ; 3 dead false ; "; got != want {
		t.Errorf("without accounts: got %s\nwant %s", got, want)
	}
	for want, j := range map[string]JoinedAccount{
		"":                                    joined[1],
		"it is your own account":              joined[2],
		"its account is not known yet":        joined[0],
		"it did not join with an invite link": {Account: accounts.All[3], Known: true},
	} {
		if got := j.Obstacle(User{ID: 4}); got != want {
			t.Errorf("%d: %q, want %q", j.ID, got, want)
		}
	}
}

func TestViewersReadSecrets(t *testing.T) {
	for version, want := range map[string]bool{
		"4.19.5": true, "5.12.8": true, "6.10.1": true, "7.6.5": false, "8.2.0": false, "10.0.0": false, "": true, "main": true, "7": false,
	} {
		if got := (Server{Version: version}).ViewersReadSecrets(); got != want {
			t.Errorf("%q: %v", version, got)
		}
	}
}
