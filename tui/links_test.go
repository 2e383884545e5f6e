package tui

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"unleash-invite/demo"
	"unleash-invite/tui/draw"
)

// several is an instance with links of every kind.
func several() []demo.Link {
	soon, refused, expired, deleted := live("soon", "Zoë"), live("refused"), live("expired"), live("deleted", "Dana Lee")
	soon.ExpiresAt = noon.AddDate(0, 0, 1)
	refused.ExpiresAt = noon.Add(3 * time.Hour)
	expired.ExpiresAt = noon.AddDate(0, 0, -9)
	deleted.Deleted = true
	return []demo.Link{deleted, expired, refused, soon, live("default", "Ann", "Bob")}
}

func TestAllLinks(t *testing.T) {
	d := start(t, 100, 24, several()...)
	d.shows("Also live 1")
	d.press("l")
	d.shows("All links 5, 2 live", "Status Name Stops Joined Created",
		"›● Active default · current 1 Dec 2026 2 22 Nov 2026 by admin ● Ending soon soon 24 Nov 2026 1",
		"○ Refused refused 23 Nov 2026 0", "○ Expired expired 14 Nov 2026", "○ Deleted deleted 1 Dec 2026 1")
	d.press("esc")
	d.shows("Stops working")
}

func TestActionsOnTheChosenLink(t *testing.T) {
	d := start(t, 100, 24, several()...)
	soon := d.named("soon")
	d.press("l", "down", "c")
	if len(d.copies) != 1 || d.copies[0] != soon.URL {
		t.Errorf("copied %q, want %q", d.copies, soon.URL)
	}
	d.press("e")
	d.shows("Now Tue 24 Nov 2026")
	d.press("enter")
	d.shows("All links", "Changed: it works until Thu 26 Nov 2026", "›● Active soon 26 Nov 2026")
	d.press("d")
	d.shows(soon.URL, "Delete this link?")
	d.press("y")
	d.shows("All links 5, 1 live", "›○ Deleted soon")
	if d.named("soon").Enabled || !d.named("default").Enabled {
		t.Error("not the chosen link was deleted")
	}
	d.press("u")
	d.shows("Restore this link?", `The link "default" is live, too: both would let people in.`)
	d.press("n")
	d.shows("Nothing was restored.")
	d.press("u", "y")
	d.shows("Restored: it works until Thu 26 Nov 2026", "2 live")
	d.press("u")
	d.shows("Only a deleted link can be restored.")
}

func (d *driver) named(name string) (found struct {
	URL     string
	Enabled bool
}) {
	d.t.Helper()
	tokens, err := d.api.Tokens(context.Background())
	if err != nil {
		d.t.Fatal(err)
	}
	for _, token := range tokens {
		if token.Name == name {
			found.URL, found.Enabled = token.URL, token.Enabled
		}
	}
	return found
}

func TestTheChosenRowIsMarkedWholeAndHasTheCursor(t *testing.T) {
	d := start(t, 80, 24, several()...)
	for _, keys := range [][]string{{"l", "down"}, {"esc", "j", "down"}, {"e", "up"}, {"esc", "esc", "e", "right"}} {
		d.press(keys...)
		v := d.m.View()
		if v.Cursor == nil {
			t.Fatalf("after %q there is no cursor:\n%s", keys, d.screen())
		}
		row := strings.Split(v.Content, "\n")[v.Cursor.Y]
		at := ansi.Cut(row, v.Cursor.X, v.Cursor.X+1)
		if !strings.Contains(at, "\x1b[7m") {
			t.Errorf("after %q the cursor is not on what is chosen: %q", keys, row)
		}
		if whole := ansi.Strip(row); strings.HasPrefix(whole, "› ") && (draw.Width(whole) != 80 || strings.Count(row, "\x1b[") != 2) {
			t.Errorf("after %q not the whole row is marked: %q", keys, row)
		}
	}
}

func TestNamesTakeTheRoomThereIs(t *testing.T) {
	long := strings.Repeat("a long name ", 8) + "ends here"
	d := start(t, 80, 24, live("default"), live(long))
	d.press("l")
	d.hides("ends here")
	d.send(tea.WindowSizeMsg{Width: 200, Height: 24})
	d.shows(long)
}

func TestFilter(t *testing.T) {
	d := start(t, 100, 24, several()...)
	d.press("l", "/")
	d.shows("Filter: name, status")
	d.write("EXPI")
	d.shows("Filter: EXPI", "○ Expired expired")
	d.hides("Refused")
	d.press("enter")
	d.shows(`All links 1 with "EXPI", 2 live, checked just now`)
	d.press("esc")
	d.shows("Refused")
	d.press("/")
	d.write("dana") // who joined
	d.press("enter")
	d.shows("›○ Deleted deleted")
	d.press("/")
	d.write(" nobody")
	d.shows("no link")
	d.press("enter", "d", "c", "enter") // nothing is chosen
	d.press("esc", "esc")
	d.shows("Stops working")
}

func TestTheChosenLinkStaysChosenWhenTheListChanges(t *testing.T) {
	d := start(t, 100, 24, several()...)
	d.press("l", "down", "down")
	d.shows("›○ Refused")
	if _, err := d.api.Create(context.Background(), "newest", noon.AddDate(0, 0, 20)); err != nil {
		t.Fatal(err)
	}
	d.refreshed()
	d.shows("● Active newest", "›○ Refused")
}

func TestTenThousandLinksScroll(t *testing.T) {
	var links []demo.Link
	for i := range 10000 {
		l := live(fmt.Sprintf("link %05d", i))
		l.Deleted = true
		l.CreatedAt = noon.Add(-time.Duration(i+1) * time.Minute)
		links = append(links, l)
	}
	d := start(t, 100, 24, links...)
	d.press("l")
	d.shows("All links 1–15 of 10000, 0 live", "›○ Deleted link 00000", "link 00014")
	d.hides("link 00015")
	d.press("end")
	d.shows("9986–10000 of 10000", "link 09985", "›○ Deleted link 09999")
	d.hides("link 09984")
	began := time.Now()
	const keys = 200
	for range keys {
		d.press("up")
		d.m.View()
	}
	if each := time.Since(began) / keys; each > 16*time.Millisecond {
		t.Errorf("a key takes %s, more than a frame", each)
	}
	d.shows("›○ Deleted link 09799")
	d.press("home")
	d.shows("›○ Deleted link 00000")
}

func TestUndoADeletion(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.press("u")
	d.shows("There is nothing to undo")
	d.press("d", "y")
	d.shows("○ Deleted", "u brings it back", "u undo n new link")
	d.press("u")
	d.shows("● Active", "Restored: it works until Tue 1 Dec 2026")
	d.hides("u undo")
}

func TestUndoAsksWhenAnotherLinkIsLive(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.press("d", "y", "n", "enter", "u")
	d.shows("Restore this link?", "both would let people in")
	d.press("y")
	d.shows("Also live 1")
}

func TestRestoringAnExpiredLinkSaysThatItDoesNotWork(t *testing.T) {
	gone := live("default")
	gone.ExpiresAt, gone.Deleted = noon.AddDate(0, 0, -2), true
	d := start(t, 80, 24, gone)
	d.press("l", "u")
	d.shows("Restored, but nobody can join with it: it is Expired.")
}

func TestWhoJoined(t *testing.T) {
	d := start(t, 100, 24, live("default", "Ann Smith", "Bob"))
	d.shows("Joined 2 Bob 15 hours ago Ann Smith 22 hours 30 minutes ago", "j joined")
	d.press("j")
	d.shows("Joined 2 accounts", "› Bob", "Ann Smith", "Nov 2026", "last seen never")
	d.press("esc")
	d.join("Carol")
	d.shows("Joined 2")
	d.refreshed()
	d.shows("Joined 3 new Carol just now Bob")
	d.press("j")
	d.shows("›new Carol carol@example.com Viewer 23 Nov 2026 14:02")
}

// join signs someone up by the only link.
func (d *driver) join(name string) {
	d.t.Helper()
	d.joinBy(d.only().Secret, name)
}

// joinBy signs someone up by a link.
func (d *driver) joinBy(secret, name string) {
	d.t.Helper()
	body := fmt.Sprintf(`{"name":%q,"email":"%s@example.com","password":"Correct-Horse-7-Battery"}`, name, name)
	url := d.server.URL() + "/invite/" + secret + "/signup"
	r, err := http.NewRequest(http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		d.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	resp, err := d.net.RoundTrip(r)
	if err != nil || resp.StatusCode != http.StatusCreated {
		d.t.Fatalf("signing up: %v, %v", resp, err)
	}
	_ = resp.Body.Close()
}

func TestWithoutTheAccountsPeopleAreShownByTheirNames(t *testing.T) {
	d := start(t, 100, 24)
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if strings.Contains(r.URL.Path, "admin/user-admin") {
			return answer(403, "text/plain", "")(r)
		}
		return nil, nil
	})
	d.press("n", "enter")
	d.join("Carol")
	d.refreshed()
	d.press("j")
	d.shows("new Carol", "! The accounts are not known: ", "403")
	d.hides("never")
	d.net.set(nil)
	d.press("ctrl+r")
	d.shows("new Carol carol@example.com", "last seen never")
	d.hides("! ")
}

func TestAccountsOfPastLinksAreListedToo(t *testing.T) {
	d := start(t, 120, 24, several()...)
	d.press("j")
	d.shows("Joined 4 accounts", "Zoë", "Dana Lee", "Ann", "Bob")
	d.press("esc", "l", "end", "enter")
	d.shows(`Joined 1 account with the link "deleted"`, "Dana Lee")
	d.hides("Bob")
}

func TestWhoJoinedSinceTheCurrentLinkWasMadeComesFirst(t *testing.T) {
	old, now := live("old", "Early", "Late"), live("default", "Newcomer")
	old.CreatedAt, now.CreatedAt = noon.AddDate(0, 0, -6), noon.Add(-time.Hour)
	old.Deleted = true
	d := start(t, 120, 24, old, now)
	d.press("j")
	d.shows("Joined 3 accounts, 1 since the current link was created", "› Newcomer")
}

func TestWhoJoinedIsFiltered(t *testing.T) {
	d := start(t, 120, 24, several()...)
	d.press("j", "/")
	d.shows("Filter: name, e-mail, role or link")
	d.write("DANA")
	d.shows("Filter: DANA 1", "› Dana Lee")
	d.hides("Zoë")
	d.press("enter")
	d.shows(`Joined 1 account with "DANA"`)
	d.press("esc")
	d.shows("Zoë", "Joined 4 accounts")
	d.press("/")
	d.write("nobody at all")
	d.shows("nobody")
	d.press("enter", "enter", "down", "esc", "esc")
	d.shows("Stops working")
}

func TestMaskHidesEMails(t *testing.T) {
	d := start(t, 120, 24, live("default"))
	d.join("Carol")
	d.refreshed()
	d.press("j")
	d.shows("carol@example.com")
	d.press("m")
	d.shows("•••@•••")
	d.hides("@example.com")
}

func TestWarnings(t *testing.T) {
	const flags = "https://flags.acme.io"
	d := start(t, 80, 24, live("default"))
	d.m.session.Server.PasswordAuthDisabled, d.m.session.Server.Maintenance = true, true
	d.m.session.Instance.Address = flags
	d.shows("! password sign-in is off", "! maintenance mode is on", "! the link leads to flags.demo.example, not to flags.acme.io")
}

func TestAnExpiryThatTheServerCutIsTold(t *testing.T) {
	d := start(t, 80, 24)
	d.press("n")
	d.write("1mo")
	d.press("enter")
	d.hides("cut what was asked for")
}

func TestFilterBySecretAndAddress(t *testing.T) {
	d := start(t, 100, 24, several()...)
	d.press("l")
	token := d.m.session.Links.Tokens[2]
	for text, want := range map[string]int{
		"new-user": 0, "invite=": 0, "flags.": 0, token.Secret: 1, token.Secret[:12]: 1, strings.ToUpper(token.Secret): 1,
		token.URL: 1, "https://elsewhere.example/new-user?invite=" + token.Secret: 1, "https://elsewhere.example/": 0,
	} {
		d.press("/")
		d.write(text)
		d.press("enter")
		if !strings.Contains(d.screen(), fmt.Sprintf("   %d with ", want)) || want == 1 && !strings.Contains(d.screen(), token.URL) {
			t.Errorf("%q shows not %d:\n%s", text, want, d.screen())
		}
		d.press("esc")
	}
}

func TestAccountsAreAskedForUntilTheyCome(t *testing.T) {
	d := start(t, 100, 24, live("default", "Ann"))
	asked := 0
	d.net.set(func(r *http.Request) (*http.Response, error) {
		if !strings.Contains(r.URL.Path, "admin/user-admin") {
			return nil, nil
		}
		if asked++; asked == 1 {
			return answer(403, "text/plain", "")(r)
		}
		return nil, nil
	})
	d.join("Zoe")
	d.refreshed()
	known := func() bool { return d.m.session.People().Joined[0].Known }
	if d.m.session.People().Joined[0].Name != "Zoe" || known() {
		t.Error("the account came although the server refused")
	}
	for range 3 {
		d.refreshed()
	}
	if !known() || asked != 2 {
		t.Errorf("no account after %d requests", asked)
	}
}
