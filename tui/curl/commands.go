// Package curl writes requests as curl commands for a POSIX shell.
package curl

import (
	"strings"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// Commands are the requests as lines for a POSIX shell.
func Commands(requests []model.Request, way model.Way) string {
	var b strings.Builder
	for _, r := range requests {
		for i, w := range Words(r, way) {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(w.quoted())
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// Word is a word of a command: plain stands as it is, what is not is quoted.
type Word struct {
	text  string
	plain bool
}

func (w Word) quoted() string {
	if w.plain {
		return w.text
	}
	return "'" + strings.ReplaceAll(w.text, "'", `'\''`) + "'"
}

// Words are the command that sends the request. Of a question about a link it
// prints the status: 200 when people can join.
func Words(r model.Request, way model.Way) []Word {
	var words []Word
	if piped := secrets(r, way); len(piped) > 0 {
		words = append(append(words, piped...), Word{"|", true})
	}
	header := len(words) > 0
	words = append(words, Word{"curl", true}, Word{"-sS", true})
	if strings.ContainsAny(r.URL, "[]{}") {
		words = append(words, Word{"--globoff", true})
	}
	how, target := along(r.URL, way)
	words = append(words, how...)
	if r.Method != "GET" { //nolint:usestdlibvars // tui does no HTTP
		words = append(words, Word{"-X", true}, Word{r.Method, true})
	}
	if header {
		words = append(words, Word{"-H", true}, Word{"@-", true})
	}
	if !r.Authorized {
		words = append(words, Word{"-o", true}, Word{"/dev/null", true}, Word{"-w", true}, Word{`%{http_code}\n`, false})
	}
	if r.Body != "" {
		words = append(words,
			Word{"-H", true}, Word{"Content-Type: application/json", false}, Word{"-d", true}, Word{r.Body, false})
	}
	return append(words, Word{target, false})
}

// Fold breaks a command into rows that a shell takes for one line: between
// words, and inside one that is longer than a row.
func Fold(words []Word, width int) []string {
	var rows []string
	row := ""
	for i, w := range words {
		text, room := w.quoted(), width
		if i < len(words)-1 {
			room -= 2 // for the backslash behind it
		}
		switch {
		case row != "" && draw.Width(row)+1+draw.Width(text) <= room:
			row += " " + text
			continue
		case row != "":
			rows = append(rows, row+` \`)
		}
		for !w.plain && draw.Width(w.quoted()) > room {
			var piece Word
			piece, w = splitWord(w, width-1)
			rows = append(rows, piece.quoted()+`\`)
		}
		row = w.quoted()
	}
	return append(rows, row)
}

// splitWord takes off a word as much as fits the width when it is quoted, a rune at least.
func splitWord(w Word, width int) (piece, rest Word) {
	runes := []rune(w.text)
	n := 1
	for n < len(runes)-1 && draw.Width(Word{text: string(runes[:n+1])}.quoted()) <= width {
		n++
	}
	return Word{text: string(runes[:n])}, Word{text: string(runes[n:])}
}
