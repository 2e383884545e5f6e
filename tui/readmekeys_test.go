package tui

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"

	"unleash-invite/tui/draw"
)

// The README's table of keys and the key map must name the same keys.
func TestTheREADMEsKeysAreTheProgramsKeys(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(text), "## Keys\n")
	section, _, ends := strings.Cut(section, "\n## ")
	if !found || !ends {
		t.Fatal("the README has no section about keys")
	}
	bound := map[string][]string{} // what a key is called on screen or by Bubble Tea, and its bindings
	bindings := reflect.ValueOf(draw.NewKeyMap())
	for i := range bindings.NumField() {
		name := bindings.Type().Field(i).Name
		b := bindings.Field(i).Interface().(key.Binding)
		for _, k := range append(b.Keys(), strings.Split(b.Help().Key, "/")...) {
			bound[strings.ToLower(k)] = append(bound[strings.ToLower(k)], name)
		}
	}
	told := map[string]bool{}
	for _, row := range regexp.MustCompile(`(?m)^\| (.*?) \|`).FindAllStringSubmatch(section, -1) {
		for _, k := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row[1], -1) {
			for _, name := range bound[k[1]] {
				told[name] = true
			}
			if len(bound[k[1]]) == 0 {
				t.Errorf("the README's table has the key %s, which the program has not", k[1])
			}
		}
	}
	// Keys that move within a form, a list or a code, which forms and lists show by themselves.
	moves := strings.Fields("Invert Submit Next Previous Left Right Toggle Cancel Up Down PageUp PageDown First Last Filter Open MarkNew")
	for i := range bindings.NumField() {
		if name := bindings.Type().Field(i).Name; !told[name] && !slices.Contains(moves, name) {
			t.Errorf("the README's table lacks the key of %s", name)
		}
	}
}
