package config

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Header goes to the gateway in front of the profile's server with each request. Its value is a secret like the token.
type Header struct {
	Name  string
	Value Source // not InKeyring
}

// Headers returns their values by their names, from where they are kept. With ask, a command may ask the user for a
// passphrase, as for Token.
func (p Profiles) Headers(ctx context.Context, profile Profile, ask bool) (map[string]Secret, error) {
	values := map[string]Secret{}
	for _, h := range profile.Headers {
		value, err := p.headerValue(ctx, h.Value, ask)
		if err == nil && (value == "" || !inHeader(string(value))) {
			err = errors.New("contains characters that no header can have: it has to be one line of printable ASCII")
		}
		if err != nil {
			return nil, fmt.Errorf("%s for the header %s of the profile %s %w", h.Value.holder(), h.Name, profile.Name, err)
		}
		values[h.Name] = value
	}
	return values, nil
}

func (p Profiles) headerValue(ctx context.Context, from Source, ask bool) (Secret, error) {
	switch from.Kind {
	case ByCommand:
		return tokenByCommand(ctx, from.From, ask)
	case InEnvironment:
		value := p.variable(from.From)
		if value == "" {
			return "", errors.New("is not set: set it, and start again")
		}
		return Secret(value), nil
	default:
		return from.Token, nil
	}
}

// holder begins a sentence about a header's value.
func (s Source) holder() string {
	switch s.Kind {
	case ByCommand:
		return "the command"
	case InEnvironment:
		return "the variable " + s.From
	default:
		return "the text"
	}
}

// headerName is a name as gateways use them, and one that can be a key in the file without quotes.
var headerName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9_-]{1,80}$`) })

// ourHeaders are the headers that the program or HTTP itself sends, or on which the truth of an answer hangs; a - at the
// end stands for all that begin so. The JSON Schema says the same.
var ourHeaders = []string{
	"accept", "accept-", "authorization", "cache-control", "connection", "content-", "expect", "host", "http2-settings", "if-",
	"keep-alive", "pragma", "proxy-connection", "range", "te", "trailer", "transfer-encoding", "upgrade", "user-agent",
}

func ours(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(ourHeaders, func(own string) bool {
		return name == own || strings.HasSuffix(own, "-") && strings.HasPrefix(name, own)
	})
}

// headersOf reads them as they stand in the file: name = "value", name = {command = "…"} or name = {env = "NAME"}.
func headersOf(file map[string]any) ([]Header, error) {
	var headers []Header
	for name, value := range file {
		from, ok := headerSource(value)
		if !ok && headerName().MatchString(name) {
			return nil, fmt.Errorf(`whose header %s needs a text, or {command = "pass show gateway"}, or {env = "NAME"}`, name)
		}
		headers = append(headers, Header{name, from})
	}
	slices.SortFunc(headers, func(a, b Header) int { return cmp.Compare(a.Name, b.Name) })
	return headers, nil
}

func headerSource(value any) (from Source, ok bool) {
	switch value := value.(type) {
	case string:
		return Source{Kind: InFile, Token: Secret(value)}, true
	case map[string]any:
		command, byCommand := value["command"].(string)
		variable, inEnvironment := value["env"].(string)
		switch {
		case len(value) != 1:
		case byCommand:
			return Source{Kind: ByCommand, From: command}, true
		case inEnvironment:
			return Source{Kind: InEnvironment, From: variable}, true
		}
	}
	return Source{}, false
}

// checkHeaders says what is wrong with a profile's headers, as a phrase that starts with which.
func checkHeaders(headers []Header) error {
	given := map[string]bool{}
	for _, h := range headers {
		switch {
		case !headerName().MatchString(h.Name):
			return errors.New("which has a header whose name contains characters other than letters, digits, - and _")
		case ours(h.Name):
			return fmt.Errorf("which can't set the header %s: the program sends it itself", h.Name)
		case given[strings.ToLower(h.Name)]:
			return fmt.Errorf("which has the header %s twice", h.Name)
		}
		given[strings.ToLower(h.Name)] = true
		if wants := h.Value.fault(); wants != "" {
			return fmt.Errorf("whose header %s needs %s", h.Name, wants)
		}
	}
	return nil
}

// fault reports how a header's source is wrong; empty where it is right.
func (s Source) fault() string {
	switch {
	case s.Kind == InEnvironment && !variableName().MatchString(s.From):
		return "a variable's name in env, such as ACME_GATEWAY"
	case s.Kind == ByCommand && (strings.TrimSpace(s.From) == "" || !printable(s.From)):
		return "one line for the shell in command"
	case s.Kind == InFile && (s.Token == "" || !inHeader(string(s.Token))):
		return "one line of printable ASCII"
	default:
		return ""
	}
}

// inHeader reports whether a text can be a header's value.
func inHeader(value string) bool {
	return value == strings.TrimSpace(value) && strings.IndexFunc(value, func(r rune) bool { return r < ' ' || r > '~' }) < 0
}

// inFile returns the headers as a value in the file.
func inFile(headers []Header) string {
	var parts []string
	for _, h := range headers {
		value := "{command = " + quoted(h.Value.From) + "}"
		switch h.Value.Kind { //nolint:exhaustive // a header is in no keyring
		case InFile:
			value = quoted(string(h.Value.Token))
		case InEnvironment:
			value = "{env = " + quoted(h.Value.From) + "}"
		}
		parts = append(parts, h.Name+" = "+value)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// Asks reports whether the token or a header comes from a command, which may ask for a passphrase in the terminal.
func (p Profile) Asks() bool {
	return slices.ContainsFunc(p.secrets(), func(s Source) bool { return s.Kind == ByCommand })
}

// secretsIn reports whether a secret of the profile stands in the file.
func (p Profile) secretsIn() bool {
	return slices.ContainsFunc(p.secrets(), func(s Source) bool { return s.Kind == InFile })
}

// secrets are where the token and the headers come from.
func (p Profile) secrets() []Source {
	sources := []Source{p.Source}
	for _, h := range p.Headers {
		sources = append(sources, h.Value)
	}
	return sources
}
