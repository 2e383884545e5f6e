// Package browser opens web pages where the user has a browser.
package browser

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"
)

// Browser is the user's, as far as the environment tells that there is one.
type Browser struct {
	Environ []string
	// Run starts a program and waits until it has ended or done its work.
	Run func(name string, args ...string) error
}

// New returns the browser for the environment, as os.Environ gives it.
func New(environ []string) Browser { return Browser{environ, run} }

// Here reports whether the user sits at this machine's own screen.
func (b Browser) Here() bool {
	if b.set("SSH_CONNECTION") || b.set("SSH_TTY") || b.set("SSH_CLIENT") {
		return false
	}
	return runtime.GOOS == "darwin" || runtime.GOOS == "windows" || b.set("DISPLAY") || b.set("WAYLAND_DISPLAY")
}

func (b Browser) set(name string) bool {
	return slices.ContainsFunc(b.Environ, func(v string) bool {
		return strings.HasPrefix(v, name+"=") && len(v) > len(name)+1
	})
}

// Open shows a page.
func (b Browser) Open(address string) error {
	if !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") {
		return errors.New("it is no web address")
	}
	switch runtime.GOOS {
	case "darwin":
		return b.Run("open", address)
	case "windows":
		return b.Run("rundll32", "url.dll,FileProtocolHandler", address)
	}
	return b.Run("xdg-open", address)
}

// patience is how long a program that opens a page may take to fail; some stay for as long as the browser does.
const patience = 2 * time.Second

// run starts a program that has no terminal and outlives this one.
func run(name string, args ...string) error {
	cmd := exec.CommandContext(context.Background(), name, args...) //nolint:gosec // the name is one of ours, the address a web page's
	apart(cmd)
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				ended <- fmt.Errorf("%v", r)
			}
		}()
		ended <- cmd.Wait()
	}()
	select {
	case err := <-ended:
		return err
	case <-time.After(patience):
		return nil
	}
}
