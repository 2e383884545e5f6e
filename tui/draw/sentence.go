package draw

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentence is an error with its hint, as one sentence or two.
func Sentence(err error) string {
	text := AsSentence(err.Error())
	if h := hint(err); h != "" {
		text += " " + AsSentence(h)
	}
	return text
}

// AsSentence begins with a capital, unless an address or a key comes first, and ends with a stop.
func AsSentence(text string) string {
	text = strings.TrimRight(text, ".") + "."
	first, _, _ := strings.Cut(text, " ")
	if strings.ContainsAny(strings.TrimRight(first, ".:"), ".:/_") || len(first) == 1 && first != "a" {
		return text
	}
	r, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[size:]
}

// hint returns what the error says can be done about it.
func hint(err error) string {
	var hinted interface{ Hint() string }
	if errors.As(err, &hinted) {
		return hinted.Hint()
	}
	return ""
}
