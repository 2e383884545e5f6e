package client

import (
	"bytes"
	"encoding/json"
	"strings"
)

// wirePeople are a token's users. They are nearly all of a large answer, so they
// are read by hand here, in a third of the time that the JSON package takes.
type wirePeople []wirePerson

// peopleLimit is the most people that are read of one token.
const peopleLimit = 1 << 20

// UnmarshalJSON takes [{"id":…,"name":…,"username":…},…] or null. The JSON package
// has seen to it that raw is one whole JSON value.
func (w *wirePeople) UnmarshalJSON(raw []byte) error {
	*w = nil
	if string(raw) == "null" {
		return nil
	}
	in := values{raw}
	if !in.take('[') {
		return errShape
	}
	for !in.take(']') {
		p, ok := in.person()
		switch {
		case !ok:
			return errShape
		case len(*w) == peopleLimit:
			return errTooMany
		}
		*w = append(*w, p)
		in.take(',')
	}
	return nil
}

// values reads a text that is known to be JSON.
type values struct{ left []byte }

// take skips white space, and then the byte if it comes next.
func (v *values) take(want byte) bool {
	v.skip()
	if len(v.left) == 0 || v.left[0] != want {
		return false
	}
	v.left = v.left[1:]
	return true
}

func (v *values) skip() {
	for len(v.left) > 0 && (v.left[0] == ' ' || v.left[0] == '\n' || v.left[0] == '\r' || v.left[0] == '\t') {
		v.left = v.left[1:]
	}
}

// person reads one, who may be null; false when it is none.
func (v *values) person() (p wirePerson, ok bool) {
	if !v.take('{') {
		return p, string(v.next()) == "null"
	}
	for !v.take('}') {
		name := v.next()
		v.take(':')
		value := v.next()
		ok := true
		switch string(name) {
		case `"id"`:
			p.ID, ok = number(value)
		case `"name"`:
			p.Name, ok = plainText(value)
		case `"username"`:
			p.Username, ok = plainText(value)
		}
		if !ok {
			return p, false
		}
		v.take(',')
	}
	return p, true
}

// next takes the next value, whatever it is.
func (v *values) next() []byte {
	v.skip()
	end := 0
	for depth := 0; end < len(v.left); {
		switch v.left[end] {
		case '"':
			end += stringEnd(v.left[end:])
		case '{', '[':
			depth++
			end++
		case '}', ']':
			depth--
			end++
		default: // a number or a word; inside of an object or a list, anything
			for end++; end < len(v.left) && !strings.ContainsRune("\"{}[],: \t\r\n", rune(v.left[end])); end++ {
			}
		}
		if depth == 0 {
			break
		}
	}
	value := v.left[:end]
	v.left = v.left[end:]
	return value
}

// stringEnd is the length of the string at the beginning of raw, its quotes included.
func stringEnd(raw []byte) int {
	for i := 1; i < len(raw); i++ {
		switch raw[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(raw)
}

// number is that of an integer of up to 18 digits, an id; 0 for null.
func number(raw []byte) (n int64, ok bool) {
	if string(raw) == "null" {
		return 0, true
	}
	digits, negative := bytes.CutPrefix(raw, []byte("-"))
	for _, d := range digits {
		if d < '0' || d > '9' {
			return 0, false
		}
		n = 10*n + int64(d-'0')
	}
	if negative {
		n = -n
	}
	return n, len(digits) > 0 && len(digits) <= 18
}

// plainText is a string's text, made safe; none for null.
func plainText(raw []byte) (text, bool) {
	switch {
	case string(raw) == "null":
		return "", true
	case raw[0] != '"':
		return "", false
	case bytes.IndexByte(raw, '\\') >= 0:
		return unescaped(raw)
	}
	return text(clean(string(raw[1:len(raw)-1]), textLimit)), true
}

// unescaped leaves the escapes to the JSON package.
func unescaped(raw []byte) (t text, ok bool) { return t, json.Unmarshal(raw, &t) == nil }
