package tui

import (
	"net/http"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/demo"
	"unleash-invite/tui/screen"
	"unleash-invite/tui/session"
)

// unconnected is the program at its first start, with an instance to be found at flags.acme.io.
func unconnected(t *testing.T) *driver {
	t.Helper()
	d := startUnconnected(t, 80, 24)
	d.instances.serve(t, "flags.acme.io", live("default", "Ann"))
	return d
}

// firstStart starts without an instance and presses keys, or pastes whatever is no key.
func firstStart(keys ...string) func(*driver) {
	return func(d *driver) {
		d.instances.serve(d.t, "flags.acme.io", live("default", "Ann"))
		d.instances.fail = failBelow("/wrong", answer(404, "text/html", "<html>nothing here</html>"))
		d.begin(d.m.window.Width, d.m.window.Height, session.Instance{})
		for _, k := range keys {
			if strings.ContainsAny(k, ".:") {
				d.paste(k)
			} else {
				d.press(k)
			}
		}
	}
}

func (d *driver) paste(text string) { d.send(tea.PasteMsg{Content: text}) }

// paused lets the program notice that nothing was typed for a while.
func (d *driver) paused() {
	d.fire(func(pause time.Duration) bool { return pause == screen.TypingPause })
}

func TestFirstStartLeadsToTheLinkInFiveKeys(t *testing.T) {
	d := unconnected(t)
	d.shows("Connect to your Unleash", "unleash-invite --demo tries the program", "esc quit")
	d.paste("flags.acme.io")
	d.press("enter")
	d.shows("● Unleash answers at https://flags.acme.io", "https://flags.acme.io/profile/personal-api-tokens")
	d.paste(demo.AdminToken + "\n")
	d.hides(demo.AdminToken)
	d.press("enter")
	d.shows("You are admin, an Admin of Unleash 8.2.0", "Remember this instance", "[keyring]")
	d.press("enter")
	d.shows("● Active", "Ann", "flags.acme.io · Unleash 8.2.0 · admin", "Remembered as flags.acme.io")
	d.press("c")
	if len(d.copies) != 1 {
		t.Errorf("copied %q", d.copies)
	}
	r := d.instances.remembered
	if len(r) != 1 || r[0].Address != "https://flags.acme.io" || r[0].Token != demo.AdminToken || r[0].Keep != session.KeepInKeyring || !r[0].Default {
		t.Errorf("remembered %+v", r)
	}
}

func TestTheTokenIsNeverSeen(t *testing.T) {
	d := unconnected(t)
	d.paste("flags.acme.io")
	d.press("enter")
	d.write(demo.AdminToken)
	for _, keys := range [][]string{{}, {"left", "left"}, {"home"}, {"shift+tab"}, {"tab", "enter"}, {"right", "right"}} {
		d.press(keys...)
		content := d.m.View().Content
		for n := 4; n < len(demo.AdminToken); n++ {
			if strings.Contains(content, demo.AdminToken[:n]) {
				t.Fatalf("after %v the screen has %q:\n%s", keys, demo.AdminToken[:n], d.screen())
			}
		}
	}
}

func TestATokenPastedIntoTheAddressIsNotSeenEither(t *testing.T) {
	d := unconnected(t)
	d.paste("flags.acme.io")
	d.paste(demo.AdminToken)
	d.hides(demo.AdminToken)
	d.shows("flags.acme.io", "›Token "+strings.Repeat("•", len(demo.AdminToken)))
	d.press("enter")
	d.shows("You are admin")
}

func TestATokenTypedIntoTheAddressMovesToItsField(t *testing.T) {
	for _, before := range []string{"", "flags.acme.io"} {
		d := unconnected(t)
		d.write(before + "user:0123456789abcdef") // or an unbracketed paste
		d.shows("›Token ", "•••••••••••••••••••••")
		d.hides("user:", "abcdef", "! ")
		if before != "" {
			d.shows(before)
		}
	}
}

func TestATokenIsReadAsItIsPasted(t *testing.T) {
	for _, text := range []string{
		"Bearer " + demo.AdminToken, "Authorization: " + demo.AdminToken + "\n", `"` + demo.AdminToken + `"`, "'" + demo.AdminToken + "'\r\n",
		"curl -H 'Authorization: " + demo.AdminToken + "' https://flags.acme.io/api/admin/user",
	} {
		d := unconnected(t)
		d.paste("flags.acme.io")
		d.press("enter")
		d.paste(text)
		d.hides(demo.AdminToken)
		d.press("enter")
		d.shows("You are admin")
		d.press("enter")
		if r := d.instances.remembered; len(r) != 1 || r[0].Token != demo.AdminToken {
			t.Errorf("%q: remembered %+v", text, r)
		}
	}
}

func TestAReferenceInPlaceOfATokenIsNamed(t *testing.T) {
	for text, want := range map[string]string{"op://vault/item/token": "1Password reference", "${UNLEASH_TOKEN}": "variable that was not filled in"} {
		d := unconnected(t)
		d.paste("flags.acme.io")
		d.press("enter")
		d.paste(text)
		d.press("enter")
		d.shows("This is a", want)
		d.hides("You are admin", text)
	}
}

func TestTheSecretOfAPastedLinkIsNotSeen(t *testing.T) {
	d := unconnected(t)
	d.paste("https://flags.acme.io/new-user?invite=7374e0e870581acac974df208476638c")
	d.shows("https://flags.acme.io/new-user")
	d.hides("7374e0")
}

func TestWhatIsWrongIsSaidAndNothingTypedIsLost(t *testing.T) {
	html := answer(200, "text/html", "<!DOCTYPE html><html></html>")
	tests := []struct {
		name, address, token string
		breaks               func(*driver)
		want                 string
	}{
		{"no such host", "flags.acme.example", demo.AdminToken, nil, "There is no host called flags.acme.example"},
		{"not Unleash", "flags.acme.io", demo.AdminToken, func(d *driver) { d.instances.fail = html }, "not Unleash"},
		{"a wrong token", "flags.acme.io", "user:wrong", nil, "You must log in"},
		{"no Admin", "flags.acme.io", demo.ViewerToken, nil, "Vera Viewer is not an Admin"},
		{"refused", "flags.acme.io", demo.AdminToken, func(d *driver) { d.instances.fail = refuse }, "connection refused"},
	}
	for _, tt := range tests {
		d := unconnected(t)
		if tt.breaks != nil {
			tt.breaks(d)
		}
		d.paste(tt.address)
		d.press("enter")
		d.paste(tt.token)
		d.press("enter")
		d.shows("! ", tt.want, tt.address, strings.Repeat("•", len(tt.token)))
		d.instances.fail = nil
		d.instances.servers["flags.acme.example"] = d.instances.servers["flags.acme.io"]
		if tt.token == demo.AdminToken {
			d.press("enter")
			d.shows("You are admin")
		}
	}
}

func TestTheAddressIsTriedByItselfOnceTypingStops(t *testing.T) {
	d := unconnected(t)
	d.write("flags.acme.i")
	d.hold = true // an early answer comes late
	d.paused()
	d.hold = false
	early := d.held
	d.write("o")
	for _, cmd := range early {
		d.run(cmd)
	}
	d.hides("! ", "no such host", "answers")
	d.paused()
	d.shows("● Unleash answers at https://flags.acme.io")
	d.write("x")
	d.hides("answers")
}

func TestAPathBehindTheAddressIsCutWithoutAsking(t *testing.T) {
	d := unconnected(t)
	d.instances.fail = failBelow("/admin", answer(404, "text/html", "<html>nothing here</html>"))
	d.paste("https://flags.acme.io/admin/users")
	d.press("enter")
	d.shows("● Unleash answers at https://flags.acme.io (the rest")
	d.paste(demo.AdminToken)
	d.press("enter")
	d.shows("You are admin")
}

// onPort has Unleash at localhost:4242 and nothing at other ports.
func onPort(t *testing.T) *driver {
	d := unconnected(t)
	d.instances.serve(t, "localhost:4242", live("default", "Ann"))
	d.instances.serve(t, "localhost")
	d.instances.fail = func(r *http.Request) (*http.Response, error) {
		if r.URL.Host == "localhost:4242" {
			return nil, nil
		}
		return refuse(r)
	}
	return d
}

func TestAnotherAddressIsProposedAndEnterTakesIt(t *testing.T) {
	d := onPort(t)
	d.paste("localhost")
	d.press("enter")
	d.shows("Unleash answers at http://localhost:4242 instead: enter uses that address.")
	d.paste(demo.AdminToken)
	d.press("enter")
	d.shows("● Unleash answers at http://localhost:4242", "enter connect")
	d.press("enter")
	d.shows("You are admin")
}

func TestATokenEnteredEarlyIsNotSentToAnotherAddress(t *testing.T) {
	d := onPort(t)
	d.paste("localhost")
	d.hold = true
	d.press("enter")
	d.paste(demo.AdminToken)
	d.press("enter")
	d.shows("it will be tried as soon as the address is found")
	d.release()
	d.shows("enter uses that address")
	d.hides("You are admin")
}

func TestHTTPSNeverTurnsIntoHTTPByEnter(t *testing.T) {
	d := unconnected(t)
	d.instances.fail = func(r *http.Request) (*http.Response, error) {
		if r.URL.Scheme == "http" {
			return nil, nil
		}
		return refuse(r)
	}
	d.paste("flags.acme.io")
	d.press("enter")
	d.paste(demo.AdminToken)
	d.press("enter", "enter", "tab", "enter", "enter")
	d.shows("no TLS there: your token would travel unencrypted", "type http://flags.acme.io")
	d.hides("You are admin")
	d.press("home") // the address has the focus
	d.write("http://")
	d.press("enter", "enter")
	d.shows("You are admin")
}

func TestATokenEnteredEarlyIsTriedOnceTheAddressIs(t *testing.T) {
	d := unconnected(t)
	d.paste("flags.acme.io")
	d.hold = true
	d.press("enter")
	d.paste(demo.AdminToken)
	d.press("enter")
	d.release()
	d.shows("You are admin")
}

func TestEscStopsACheckAndItsAnswerIsDropped(t *testing.T) {
	d := unconnected(t)
	d.paste("flags.acme.io")
	d.press("enter")
	d.paste(demo.AdminToken)
	d.hold = true
	d.press("enter")
	d.shows("asking the server whose token it is", "esc stop")
	d.press("esc")
	d.release()
	d.shows("Connect to your Unleash", "https://flags.acme.io", "••••", "esc quit")
	d.press("enter")
	d.shows("You are admin")
}

func TestAnAnswerAboutAnEarlierTokenIsDropped(t *testing.T) {
	d := unconnected(t)
	d.paste("flags.acme.io")
	d.press("enter")
	d.paste("user:wrong")
	d.hold = true
	d.press("enter")
	d.hold = false
	late := d.held
	d.write("x")
	for _, cmd := range late {
		d.run(cmd)
	}
	d.hides("! ")
}

func TestHTTPToAnotherMachineWarns(t *testing.T) {
	for address, want := range map[string]bool{
		"http://flags.acme.io": true, "HTTP://flags.acme.io": true, "https://flags.acme.io": false, "flags.acme.io": false,
		"http://localhost:4242": false, "http://127.0.0.1:4242": false, "http://": false,
	} {
		d := unconnected(t)
		d.paste(address)
		if got := strings.Contains(d.screen(), "the token travels unencrypted"); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}

func TestEscLeavesTheFirstStart(t *testing.T) {
	d := unconnected(t)
	d.press("esc")
	if !d.quit {
		t.Error("the program goes on")
	}
}

func TestABadAddressKeepsTheCursorWhereItIs(t *testing.T) {
	for _, address := range []string{"flags.acme.example", "ftp://flags.acme.io", "http://", "what ever"} {
		d := unconnected(t)
		d.paste(address)
		d.press("enter")
		d.shows("›Address", "!", "enter try again")
		d.press("x")
		d.shows("›Address " + address + "x")
	}
	d := unconnected(t)
	d.paste("flags.acme.io")
	d.hold = true
	d.press("enter")
	d.shows("›Address")
	d.paste(demo.AdminToken) // while the address is looked at
	d.hides(demo.AdminToken)
	d.shows("›Token ••••")
	d.release()
	d.press("enter")
	d.shows("You are admin")
}
