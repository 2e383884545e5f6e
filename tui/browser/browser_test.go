package browser

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestOnlyWebPagesAreOpened(t *testing.T) {
	for address, want := range map[string]bool{
		"https://flags.acme.io/x": true, "http://localhost:4242": true, "file:///etc/passwd": false, "--help": false, "": false,
		"javascript:alert(1)": false,
	} {
		ran := false
		b := Browser{Run: func(string, ...string) error { ran = true; return nil }}
		if err := b.Open(address); ran != want || (err == nil) != want {
			t.Errorf("%q: ran %v, %v", address, ran, err)
		}
	}
}

func TestABrowserIsStartedWithoutATerminal(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("it is xdg-open's place")
	}
	dir := t.TempDir()
	said := filepath.Join(dir, "said")
	script := "#!/bin/sh\n{ echo \"$@\"; (exec < /dev/tty) 2>&1 || echo none; } > " + said + "\n"
	if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":/usr/bin:/bin")
	if err := New(os.Environ()).Open("https://flags.acme.io/x"); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(said)
	if err != nil || !strings.HasPrefix(string(got), "https://flags.acme.io/x\n") || !strings.HasSuffix(string(got), "none\n") {
		t.Errorf("%q, %v", got, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte("#!/bin/sh\nexit 3\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := New(os.Environ()).Open("https://flags.acme.io/x"); err == nil {
		t.Error("a failure is none")
	}
}
