// Package paste reads tokens as they are pasted: with quotes, as a header, in a curl command. It also reports what is
// no token but stands for one. No error repeats what was read.
package paste

import (
	"errors"
	"regexp"
	"strings"
	"sync"
	"unicode"
)

// form is a regular expression that is compiled when it is first needed.
func form(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

var (
	header     = form(`(?i)\bauthorization["']?\s*[:=]\s*["']?\s*(?:(bearer|token|basic)\s+)?["']?([^\s"'\\,;]*)`)
	assignment = form(`^(?:export\s+|set\s+)?[A-Z][A-Z0-9_]*=`)
	scheme     = form(`(?i)^bearer(?:\s+|$)`)
	masked     = form(`[•●…]|\*{3}|\.{3}|(?i:redacted)`)
	tokenLike  = form(`^(?:user:|\*:|\[\]:|[^/\s]*:[^/\s]*\.[0-9a-f]{8}|[0-9a-f]{40,}$)`)
	inside     = form(`user:[0-9a-f]{6}|\*:|\[\]:`) // no port has six digits
)

// references hold what stands for a token elsewhere, and what to do about it.
var references = sync.OnceValue(func() []reference {
	return []reference{
		{form(`^op://`), `a 1Password reference (op://…), not the token: start the program with "op run", or use a token_command with "op read"`},
		{
			form(`^(?:(?:vault|secret|ssm|gcpsm|awssm|aws-sm|keyvault|env|file|arn|ref\+[a-z]+):|@Microsoft\.KeyVault|projects/)`),
			"a reference to a secret, not the token: resolve it first, or use a token_command",
		},
		{form(`^\$`), "a variable that was not filled in ($…), not the token: let the shell or the CI system fill it in"},
		{form(`^%[^%]+%$`), "a variable that was not filled in (%…%), not the token: let the shell fill it in"},
		{form(`^(?:\{\{.*\}\}|<.*>|\[.+\])$`), "a placeholder, not the token: put the token in its place"},
	}
})

type reference struct {
	is   func() *regexp.Regexp
	says string
}

// Token returns the token that the text holds, without quotes, "Bearer ", "Authorization: " or the curl command around it.
// It is empty where there is none. The error is a phrase for what the text holds instead, as in "a placeholder".
func Token(text string) (string, error) {
	text = strings.TrimFunc(text, blank)
	if found := header().FindStringSubmatch(text); found != nil {
		if strings.EqualFold(found[1], "basic") {
			return "", errors.New("a user name and password (Basic), not a token: create a personal API token in Unleash")
		}
		text = found[2]
	}
	text = bare(text)
	for _, r := range references() {
		if r.is().MatchString(text) {
			return "", errors.New(r.says)
		}
	}
	if masked().MatchString(text) {
		return "", errors.New("a token that was masked or cut: copy the whole one")
	}
	return text, nil
}

// bare takes away what may stand around a token, in any order.
func bare(text string) string {
	for {
		before := text
		text = strings.TrimFunc(text, blank)
		text = text[len(assignment().FindString(text)):]
		text = text[len(scheme().FindString(text)):]
		text = unquoted(text)
		if text == before {
			return text
		}
	}
}

func unquoted(text string) string {
	for _, q := range []string{`""`, "''", "``", "“”", "‘’", "«»"} {
		open, end := string([]rune(q)[0]), string([]rune(q)[1])
		if inner, ok := strings.CutPrefix(text, open); ok {
			if inner, ok := strings.CutSuffix(inner, end); ok {
				return inner
			}
		}
	}
	return text
}

// blank is a space, or a character that can't be seen.
func blank(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r)
}

// LooksLikeToken reports whether a word of the text begins as Unleash's tokens do, and no address does.
func LooksLikeToken(text string) bool {
	if header().MatchString(text) {
		return true
	}
	return tokenLike().MatchString(bare(text))
}

// Split parts an address from a token that was put behind it, or in its place. Without one the token is empty.
func Split(text string) (address, token string) {
	if LooksLikeToken(text) {
		return "", text
	}
	if at := inside().FindStringIndex(text); at != nil && !strings.HasSuffix(text[:at[0]], "/") {
		return strings.TrimSpace(text[:at[0]]), text[at[0]:]
	}
	return text, ""
}
