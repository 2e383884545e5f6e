package program

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"unleash-invite/demo"
	"unleash-invite/e2e/terminal"
)

// TestFirstStart goes from nothing but a token to a copied link, over HTTP; the
// next start needs nothing.
func TestFirstStart(t *testing.T) {
	url, _ := overHTTP(t, "/team")
	home := t.TempDir()
	options := terminal.Options{Width: 100, Height: 30, Env: []string{
		"HOME=" + home, "XDG_CONFIG_HOME=" + home, "TZ=UTC", "SSH_CONNECTION=192.0.2.1 1 192.0.2.2 22",
	}}
	term := terminal.Start(t, options, program(t))
	term.WaitFor("Connect to your Unleash")
	term.Type("\x1b[200~"+url+"/team\x1b[201~", "enter")
	term.WaitFor("● Unleash answers at " + url + "/team")
	term.Type("\x1b[200~"+demo.AdminToken+"\n\x1b[201~", "enter")
	term.WaitFor("You are admin, an Admin of Unleash 8.2.0.")
	term.WaitFor("[nowhere]") // there is no keyring here
	term.Type("right", "right", "right")
	term.WaitFor("[file]")
	term.Type("enter")
	term.WaitFor("Remembered as team")
	term.WaitFor("● Active")
	term.Type("c")
	term.WaitFor("Sent to your terminal's clipboard")
	term.Type("q")
	if code := term.Wait(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	for _, token := range []string{demo.AdminToken, base64.StdEncoding.EncodeToString([]byte(demo.AdminToken))} {
		if bytes.Contains(term.Output(), []byte(token)) {
			t.Errorf("the token was written to the terminal as %q", token)
		}
	}
	if files, _ := filepath.Glob(filepath.Join(home, "unleash-invite", "*")); len(files) != 1 {
		t.Errorf("the profiles are in %q", files)
	} else if info, err := os.Stat(files[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}

	again := terminal.Start(t, options, program(t))
	again.WaitFor("● Active")
	again.WaitFor("team · ")
	again.Type("p")
	again.WaitFor("the default profile")
	again.Type("q")
	again.Wait()
}

// TestTwentySaversAtOnce has twenty programs remember what they are connected to in the same moment.
func TestTwentySaversAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts twenty programs")
	}
	home := t.TempDir()
	var all []*terminal.Terminal
	for n := range 20 {
		at := fmt.Sprintf("/team%d", n)
		url, _ := overHTTP(t, at)
		term := terminal.Start(t, terminal.Options{Width: 100, Height: 30, Env: []string{"XDG_CONFIG_HOME=" + home}}, program(t))
		term.WaitFor("Connect to your Unleash")
		term.Type("\x1b[200~"+url+at+"\x1b[201~", "enter")
		term.WaitFor("● Unleash answers at " + url + at)
		term.Type("\x1b[200~"+demo.AdminToken+"\n\x1b[201~", "enter")
		term.WaitFor("[nowhere]")
		term.Type("right", "right", "right")
		term.WaitFor("[file]")
		all = append(all, term)
	}
	for _, term := range all {
		term.Type("enter")
	}
	for n, term := range all {
		term.WaitFor(fmt.Sprintf("Remembered as team%d", n))
		term.Type("q")
		term.Wait()
	}
	kept := runProgram(t, []string{"XDG_CONFIG_HOME=" + home}, "", "profiles", "-q")
	if len(strings.Fields(kept.stdout)) != len(all) {
		t.Errorf("%+v", kept)
	}
}
