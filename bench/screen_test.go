package main

import "testing"

// Only what a key may have done counts as painted.
func TestPainted(t *testing.T) {
	tests := []struct {
		name, before, after string
		changed             bool
	}{
		{"a letter", "Name  a", "b", true},
		{"the cursor in a field", "Name  a", " ", true},
		{"the cursor where it is not seen", "\x1b[?25lActive", " ", false},
		{"a spinner that turns", "\x1b[?25lActive ⠋", "\b⠙", false},
		{"a spinner that begins", "\x1b[?25lActive", " ⠋", false},
		{"a spinner that ends", "\x1b[?25lActive ⠋", "\b ", false},
		{"a word beside a spinner", "\x1b[?25lActive ⠋", "\r\nDeleted", true},
	}
	for _, test := range tests {
		s := newScreen()
		s.feed(chunk{data: []byte(test.before)})
		before := s.painted()
		s.feed(chunk{data: []byte(test.after)})
		if changed := s.painted() != before; changed != test.changed {
			t.Errorf("%s: changed %v, from %q to %q", test.name, changed, before, s.painted())
		}
		s.close()
	}
}
