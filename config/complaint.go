package config

import (
	"regexp"
	"strings"
	"sync"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// complaints are causes that commands often tell of. Of what a command complains of nothing else is said, and that in these
// words, as any word of its own may be a secret.
var complaints = []string{
	"command not found", "no secret key", "decryption failed", "not in the password store", "no such file or directory",
	"permission denied", "not found", "not signed in", "not logged in", "session expired", "vault is locked", "is sealed",
	"could not resolve host", "connection refused", "timed out", "certificate", "unauthorized", "inappropriate ioctl for device",
	"no pinentry",
}

// cause explains a failed command's complaint, if it is a known one; it follows the exit status.
func cause(complaint string) string {
	complaint = strings.ToLower(complaint)
	for _, each := range complaints {
		if strings.Contains(complaint, each) {
			return ": " + each
		}
	}
	return ""
}

// untold says why a complaint is not shown.
func untold(complaint string) string {
	if strings.TrimSpace(complaint) == "" {
		return ""
	}
	return ", and its error message is not shown, because it may contain a password"
}

// What the keyring complains of is shown as far as it can hold no secret: plain words, short numbers and paths. Anything
// else may be a token, a password or a part of one, and so may whatever follows the name of a secret.
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

// longestComplaint is the most characters that are shown of what the keyring complains of.
const longestComplaint = 160

const redacted = "[redacted]"

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
