package config

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	zalando "github.com/zalando/go-keyring"
)

// envProfile is a profile that needs nothing but the file.
func envProfile(name string) Profile {
	return Profile{Name: name, URL: "https://" + name, Source: Source{Kind: InEnvironment, From: "ACME"}}
}

const savers = 20

func TestSaversAtOnceKeepAll(t *testing.T) {
	p := written(t, "")
	var all sync.WaitGroup
	for i := range savers {
		all.Go(func() {
			if err := p.Save(t.Context(), envProfile(fmt.Sprintf("p%d", i)), "user:1111"); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got, err := p.List(); err != nil || len(got) != savers {
		t.Errorf("%d are kept: %v, %v", len(got), got, err)
	}
	if left, _ := os.ReadDir(filepath.Dir(p.path)); len(left) != 1 && runtime.GOOS != "windows" {
		t.Errorf("in the folder: %v", left)
	}
}

// slowKeyring is a keyring that does something else before it answers.
func slowKeyring(p Profiles, meanwhile func()) Profiles {
	zalando.MockInit()
	p.keyring = keyring{patience: keyringTime, reachable: func(context.Context) error {
		meanwhile()
		return nil
	}}
	return p
}

func TestASaveDuringASlowKeyringIsKept(t *testing.T) {
	p := written(t, twoProfiles)
	slow := slowKeyring(p, func() {
		if err := p.Save(t.Context(), envProfile("other"), "user:1111"); err != nil {
			t.Error(err)
		}
	})
	mine := Profile{Name: "mine", URL: "https://mine", Source: Source{Kind: InKeyring}}
	if err := slow.Save(t.Context(), mine, "user:2222"); err != nil {
		t.Fatal(err)
	}
	if got, err := p.List(); err != nil || len(got) != 4 {
		t.Errorf("%v, %v", got, err)
	}
}

func TestALoserSaysSo(t *testing.T) {
	p := written(t, twoProfiles)
	slow := slowKeyring(p, func() {
		if err := p.Save(t.Context(), envProfile("same"), "user:1111"); err != nil {
			t.Error(err)
		}
	})
	err := slow.Save(t.Context(), Profile{Name: "same", URL: "https://mine", Source: Source{Kind: InKeyring}}, "user:2222")
	if err == nil || !strings.HasPrefix(err.Error(), "the token is in the system keyring now, but the profile same was not saved: another") {
		t.Error(err)
	}
	if got, _ := p.Find("same"); !got.Equal(envProfile("same")) {
		t.Errorf("%+v", got)
	}
}

func TestALockedFileIsWaitedForAndThenSaid(t *testing.T) {
	p := written(t, twoProfiles)
	unlock, err := lock(t.Context(), p.path)
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		err := p.Save(t.Context(), envProfile("late"), "user:1111")
		if err == nil || !strings.Contains(err.Error(), "was not saved: another unleash-invite has been writing "+p.path) {
			t.Error(err)
		}
	})
	given, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.Save(given, envProfile("late"), "user:1111"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	unlock()
	if err := p.Save(t.Context(), envProfile("late"), "user:1111"); err != nil {
		t.Error(err)
	}
}

func TestALockOfAProgramThatDiedIsNone(t *testing.T) {
	p := written(t, twoProfiles)
	if err := os.WriteFile(p.path+".lock", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := p.Save(t.Context(), envProfile("new"), "user:1111"); err != nil {
		t.Error(err)
	}
}
