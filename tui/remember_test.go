package tui

import (
	"errors"
	"testing"

	"unleash-invite/demo"
	"unleash-invite/tui/session"
)

func TestRememberingCanFailAndKeepsWhatWasTyped(t *testing.T) {
	d := signedIn(t)
	d.instances.rememberErr = errors.New("the profiles file can be read by others: chmod 600 it")
	d.press("tab", "end")
	d.write("-eu")
	d.press("enter")
	d.shows("! The profiles file can be read by others", "flags.acme.io-eu")
	d.instances.rememberErr = nil
	d.press("enter")
	d.shows("Remembered as flags.acme.io-eu", "● Active")
}

func TestNothingIsRememberedUnasked(t *testing.T) {
	d := signedIn(t)
	d.press("esc")
	d.shows("● Active")
	if len(d.instances.remembered) != 0 {
		t.Errorf("remembered %+v", d.instances.remembered)
	}

	d = unconnected(t)
	d.instances.keep = []session.Keep{session.KeepInCommand, session.KeepInEnvironment, session.KeepInFile} // no keyring
	d.signIn()
	d.shows("[nowhere]", "the next start asks again", "enter continue")
	d.press("enter")
	d.shows("● Active")
	if len(d.instances.remembered) != 0 {
		t.Errorf("remembered %+v", d.instances.remembered)
	}
}

func TestWhereTheTokenIsKept(t *testing.T) {
	tests := []struct {
		rights int
		keep   session.Keep
		word   string
		from   string
	}{
		{1, session.KeepInCommand, "command", "pass show unleash"},
		{2, session.KeepInEnvironment, "env", "ACME_TOKEN"},
		{3, session.KeepInFile, "file", ""},
	}
	for _, tt := range tests {
		d := signedIn(t)
		for range tt.rights {
			d.press("right")
		}
		d.shows("[" + tt.word + "]")
		if tt.from != "" {
			d.press("enter")
			d.shows("is missing, for example")
			d.write(tt.from)
		} else {
			d.shows("whoever can read that file is an Admin of this Unleash")
		}
		d.press("enter")
		d.shows("Remembered as")
		if r := d.instances.remembered; len(r) != 1 || r[0].Keep != tt.keep || r[0].From != tt.from {
			t.Errorf("remembered %+v", r)
		}
	}
}

func TestProductionAndReadOnlyHoldAtOnce(t *testing.T) {
	d := signedIn(t)
	d.press("tab", "tab", "space", "tab", "space", "enter")
	d.shows("PRODUCTION", "read-only")
	if r := d.instances.remembered; len(r) != 1 || !r[0].Production || !r[0].ReadOnly {
		t.Errorf("remembered %+v", r)
	}
	d.press("d")
	d.shows("is read-only")
}

func TestAProfileOfTheSameNameIsReplacedOnlyKnowingly(t *testing.T) {
	d := unconnected(t)
	d.instances.addProfile(session.Profile{Name: "flags.acme.io", Address: "https://flags.acme.io", Default: true})
	d.signIn()
	d.shows("flags.acme.io-2")
	d.press("tab", "end", "backspace", "backspace")
	d.shows("there is a profile with this name: it will be replaced")
	d.press("enter")
	if r := d.instances.remembered; len(r) != 1 || r[0].Default {
		t.Errorf("remembered %+v", r)
	}
}

// signIn goes from the first start to the offer to remember.
func (d *driver) signIn() {
	d.t.Helper()
	d.paste("flags.acme.io")
	d.press("enter")
	d.paste(demo.AdminToken)
	d.press("enter")
	d.shows("You are admin")
}

func signedIn(t *testing.T) *driver {
	t.Helper()
	d := unconnected(t)
	d.signIn()
	return d
}

func TestReplacingAProfileTakesItsMarksOver(t *testing.T) {
	d := unconnected(t)
	d.instances.addProfile(session.Profile{Name: "flags.acme.io", Address: "https://flags.acme.io", Production: true})
	d.signIn()
	d.press("tab", "end", "backspace", "backspace", "enter")
	d.shows("PRODUCTION")
	if r := d.instances.remembered; len(r) != 1 || !r[0].Production {
		t.Errorf("remembered %+v", r)
	}
}
