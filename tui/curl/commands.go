package curl

import (
	"strings"

	"unleash-invite/model"

	"unleash-invite/tui/draw"
)

// Commands are the requests as lines for a POSIX shell.
func Commands(requests []model.Request) string {
	var b strings.Builder
	for _, r := range requests {
		for i, w := range Words(r) {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(w.quoted())
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// shellWord is a word of a command: plain stands as it is, what is not is quoted.
type shellWord struct {
	text  string
	plain bool
}

func (w shellWord) quoted() string {
	if w.plain {
		return w.text
	}
	return "'" + strings.ReplaceAll(w.text, "'", `'\''`) + "'"
}

// Words are the command that sends the request. Of a question about a link it
// prints the status: 200 when people can join.
func Words(r model.Request) []shellWord {
	var words []shellWord
	if r.Authorized { // as an argument of curl, other users of the machine could read it
		words = []shellWord{{"printf", true}, {`Authorization: %s\n`, false}, {`"$UNLEASH_TOKEN"`, true}, {"|", true}}
	}
	words = append(words, shellWord{"curl", true}, shellWord{"-sS", true})
	if strings.ContainsAny(r.URL, "[]{}") {
		words = append(words, shellWord{"--globoff", true})
	}
	if r.Body != "" {
		words = append(words, shellWord{"-X", true}, shellWord{r.Method, true})
	}
	if r.Authorized {
		words = append(words, shellWord{"-H", true}, shellWord{"@-", true})
	} else {
		words = append(words, shellWord{"-o", true}, shellWord{"/dev/null", true}, shellWord{"-w", true}, shellWord{`%{http_code}\n`, false})
	}
	if r.Body != "" {
		words = append(words,
			shellWord{"-H", true}, shellWord{"Content-Type: application/json", false}, shellWord{"-d", true}, shellWord{r.Body, false})
	}
	return append(words, shellWord{r.URL, false})
}

// Fold breaks a command into rows that a shell takes for one line: between
// words, and inside one that is longer than a row.
func Fold(words []shellWord, width int) []string {
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
			var piece shellWord
			piece, w = splitWord(w, width-1)
			rows = append(rows, piece.quoted()+`\`)
		}
		row = w.quoted()
	}
	return append(rows, row)
}

// splitWord takes off a word as much as fits the width when it is quoted, a rune at least.
func splitWord(w shellWord, width int) (piece, rest shellWord) {
	runes := []rune(w.text)
	n := 1
	for n < len(runes)-1 && draw.Width(shellWord{text: string(runes[:n+1])}.quoted()) <= width {
		n++
	}
	return shellWord{text: string(runes[:n])}, shellWord{text: string(runes[n:])}
}
