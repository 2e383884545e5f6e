package client

import "unicode/utf8"

// Control characters that begin, end or break off an escape sequence (ECMA-48).
const (
	bel = 0x07
	can = 0x18
	sub = 0x1a
	esc = 0x1b
	dcs = 0x90
	sos = 0x98
	csi = 0x9b
	st  = 0x9c
	osc = 0x9d
	pm  = 0x9e
	apc = 0x9f
)

// sequence is the length in bytes of the escape sequence that s begins with, its
// payload included; 0 when it begins with none. One that never ends takes all.
func sequence(s string) int {
	if b := s[0]; b != esc && b != 0xc2 && (b < 0x80 || b > 0x9f) { // 0xc2: C1 controls in UTF-8 begin with it
		return 0
	}
	r, size := control(s)
	if r == esc {
		next, n := control(s[size:])
		if next < 0x40 || next > 0x5f { // not the 7-bit form of a C1 control
			return size + short(s[size:])
		}
		r, size = next+0x40, size+n
	}
	switch r {
	case csi:
		return size + parameters(s[size:])
	case dcs, sos, osc, pm, apc:
		return size + payload(s[size:])
	}
	if s[0] == esc {
		return size
	}
	return 0
}

// control is the first rune of s and its length in bytes; a lone byte of the C1
// range counts as the control that it is to an 8-bit terminal. At the end it is 0.
func control(s string) (rune, int) {
	if s == "" {
		return 0, 0
	}
	if s[0] >= 0x80 && s[0] <= 0x9f {
		return rune(s[0]), 1
	}
	return utf8.DecodeRuneInString(s)
}

// short is the length of what follows ESC in a sequence like ESC ( B.
func short(s string) int {
	i := 0
	for i < len(s) && s[i] >= 0x20 && s[i] <= 0x2f {
		i++
	}
	if i < len(s) && s[i] >= 0x30 && s[i] <= 0x7e {
		i++
	}
	return i
}

// parameters is the length of what follows CSI, up to and with its final byte.
func parameters(s string) int {
	for i := range len(s) {
		switch b := s[i]; {
		case b >= 0x40 && b <= 0x7e, b == can, b == sub:
			return i + 1
		case b == esc, b >= 0x7f: // broken off: what follows is on its own
			return i
		}
	}
	return len(s)
}

// payload is the length of what follows OSC, DCS, SOS, PM or APC, up to and with
// its terminator. An ESC ends it as well, and begins a sequence of its own.
func payload(s string) int {
	for i := 0; i < len(s); {
		r, size := control(s[i:])
		switch r {
		case bel, can, sub, st:
			return i + size
		case esc:
			return i
		}
		i += size
	}
	return len(s)
}
