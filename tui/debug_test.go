package tui

import (
	"regexp"
	"strings"
	"testing"
)

func TestDebugTellsKeysButNotWhatIsTyped(t *testing.T) {
	d := start(t, 80, 24, live("default", "Ann"))
	var log strings.Builder
	d.m.Debug = &log
	d.press("l", "/")
	d.write("user")
	d.press("enter", "esc", "ctrl+r")
	keys := regexp.MustCompile(`(?m)^.*Z key (.*)$`).FindAllStringSubmatch(log.String(), -1)
	var told []string
	for _, k := range keys {
		told = append(told, k[1])
	}
	if got := strings.Join(told, " "); got != "l / text text text text enter esc ctrl+r" {
		t.Errorf("told %q in %q", got, log.String())
	}
}
