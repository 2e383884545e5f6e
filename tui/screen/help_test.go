package screen

import (
	"reflect"
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"

	"unleash-invite/tui/draw"
)

// A key that is bound but not in the help would be found by nobody.
func TestHelpNamesEveryKey(t *testing.T) {
	keys := draw.NewKeyMap()
	told := map[string]bool{}
	for _, g := range groups(keys) {
		for _, b := range g.bindings {
			for _, name := range strings.FieldsFunc(b.Help().Key, func(r rune) bool { return r == ' ' || r == '/' }) {
				told[name] = true
			}
			told[b.Help().Key] = true
		}
	}
	all := reflect.ValueOf(keys)
	for i := range all.NumField() {
		if b := all.Field(i).Interface().(key.Binding); !told[b.Help().Key] {
			t.Errorf("help lacks %q, the key of %s", b.Help().Key, all.Type().Field(i).Name)
		}
	}
}
