package terminal

import (
	"bytes"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

const (
	pasteBegins = "\x1b[200~"
	pasteEnds   = "\x1b[201~"
	// markedGrows is by how much marking may make what was read longer.
	markedGrows = 6
	// sameBurst is how soon after a burst what follows still belongs to it: it comes in parts.
	sameBurst = 30 * time.Millisecond
)

// burst tells pasted text from typed keys on a terminal that does not mark pastes: nobody types several different
// characters within one read. It marks them as terminals do, so that they are text in a field and nothing elsewhere.
type burst struct {
	// pasting reports that a paste which the terminal marked is under way.
	pasting bool
	// last is when the last burst came.
	last time.Time
	// escaped reports that the last read ended with an ESC, whose sequence may go on.
	escaped bool
}

// mark marks the bursts in what was read, which holds whole characters and sequences.
func (b *burst) mark(read []byte, now time.Time) []byte {
	var out []byte
	if b.escaped && len(read) > 0 {
		sequence := append([]byte{0x1b}, read...)
		_, _, n, _ := ansi.DecodeSequence(sequence, ansi.NormalState, nil)
		n = max(n, 1)
		b.pasting = b.pasting && string(sequence[:n]) != pasteEnds || string(sequence[:n]) == pasteBegins
		out, read = append(out, sequence[1:n]...), sequence[n:]
	}
	b.escaped = bytes.HasSuffix(read, []byte{0x1b})
	for len(read) > 0 {
		if b.pasting {
			end := bytes.Index(read, []byte(pasteEnds))
			if end < 0 {
				return append(out, read...)
			}
			end += len(pasteEnds)
			out, read, b.pasting = append(out, read[:end]...), read[end:], false
			continue
		}
		n := text(read)
		switch {
		case n > 0 && (several(read[:n]) || now.Sub(b.last) < sameBurst):
			out = append(append(append(out, pasteBegins...), read[:n]...), pasteEnds...)
			b.last = now
		case n > 0:
			out = append(out, read[:n]...)
		default:
			_, _, n, _ = ansi.DecodeSequence(read, ansi.NormalState, nil)
			n = max(n, 1)
			b.pasting = string(read[:n]) == pasteBegins
			b.last = time.Time{} // another key ends the burst
			out = append(out, read[:n]...)
		}
		read = read[n:]
	}
	return out
}

// text is how many bytes at the beginning are text: something that can be seen, then lines of such.
func text(read []byte) int {
	n := 0
	for n < len(read) {
		r, size := utf8.DecodeRune(read[n:])
		if !unicode.IsPrint(r) && (n == 0 || r != '\r' && r != '\n' && r != '\t') {
			break
		}
		n += size
	}
	return n
}

// several reports whether there are different characters in the text: a key that is held down repeats one.
func several(text []byte) bool {
	text = bytes.TrimRight(text, "\r\n\t")
	first, _ := utf8.DecodeRune(text)
	return bytes.ContainsFunc(text, func(r rune) bool { return r != first })
}
