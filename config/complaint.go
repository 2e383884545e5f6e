package config

import (
	"regexp"
	"strings"
	"sync"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// What a command or keyring complains of is shown as far as it can hold no secret: plain words, short numbers and
// paths. Anything else may be a token, a password or a part of one, and so may whatever follows the name of a secret.
var (
	plainWord = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^["'(\[<]*(~?\.{0,2}/)?\p{L}{1,20}([-'/._]+\p{L}{1,20})*["')\]>:,.;!?…]*$|^\(?\d{1,4}[).,:;%]*$`)
	})
	// longWord is as long as a token, however it is put together.
	longWord = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[^/]*[0-9A-Za-z_-]{24}`) })
	// secretName comes before a secret: "password: x", "token=x", "--passphrase x", "Bearer x", "-p x".
	secretName = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^\W*(bearer|basic)$|^-\w$|` +
			`(pass|pwd|token|secret|key|credential|authorization|cookie|pin|otp)\w*["']?[:=]|` +
			`^--?[\w-]*(pass|pwd|token|secret|key|user|auth)`)
	})
	blanks = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\s+`) })
)

// longestComplaint is the most characters that are shown of what a command complains of.
const longestComplaint = 160

const redacted = "[redacted]"

// saying is the last line of a command's complaint. A line of a shell that traces what it runs says nothing.
func saying(complaint string) string {
	lines := strings.Split(strings.TrimSpace(ansi.Strip(complaint)), "\n")
	last := lines[len(lines)-1]
	if strings.HasPrefix(last, "+") {
		return ""
	}
	if last = oneLine(last); last != "" {
		return ", saying " + last
	}
	return ""
}

// oneLine makes a text safe to print, and takes out what may be a secret.
func oneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, blanks().ReplaceAllString(ansi.Strip(text), " "))
	words := strings.Fields(text)
	for i, word := range words {
		if secretName().MatchString(word) {
			words = append(words[:i:i], name(word), redacted)
			break
		}
		if !plainWord().MatchString(word) || longWord().MatchString(word) {
			words[i] = redacted
		}
	}
	text = strings.Join(words, " ")
	if runes := []rune(text); len(runes) > longestComplaint {
		text = string(runes[:longestComplaint-1]) + "…"
	}
	return text
}

// name is a secret's name without the secret that may stand right behind it.
func name(word string) string {
	at := strings.IndexAny(word, ":=")
	if at < 0 {
		return word
	}
	return word[:at+1]
}
