package client

import (
	"errors"
	"net/url"
	"strings"
)

// parseBase reads an instance's address as people give it. What it says never
// repeats the address, which may hold a password.
func parseBase(base string) (*url.URL, error) {
	base = strings.TrimSpace(base)
	if base == "" {
		return nil, errors.New("the Unleash address is empty: give one like https://unleash.example.com")
	}
	if clean(base, len(base)) != base {
		return nil, errors.New("the Unleash address contains characters that no address can have: type it again")
	}
	u, err := url.Parse(base)
	switch {
	case !hasScheme(base):
		return nil, errors.New("the Unleash address must begin with https:// or http://")
	case err != nil:
		return nil, errors.New("the Unleash address is malformed: give one like https://unleash.example.com")
	case u.User != nil:
		return nil, errors.New("the Unleash address contains a user name or password: remove it, the token is enough")
	case u.Hostname() == "":
		return nil, errors.New("the Unleash address has no host: give one like https://unleash.example.com")
	case isEdge(u.Hostname()):
		return nil, errors.New("this is an address of Unleash Edge, which serves SDKs and has no Admin API: " +
			"give the address at which the Admin UI opens in a browser")
	case strings.Contains(base, "?"):
		return nil, errors.New("the Unleash address contains a query: remove the ? and everything after it")
	case strings.Contains(base, "#"):
		return nil, errors.New("the Unleash address contains a fragment: remove the # and everything after it")
	}
	path := strings.TrimRight(u.EscapedPath(), "/")
	path = strings.TrimRight(strings.TrimSuffix(path, "/api"), "/")
	return u.Parse(u.Scheme + "://" + u.Host + path)
}

func hasScheme(base string) bool {
	scheme, _, found := strings.Cut(base, "://")
	return found && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// isEdge reports whether a host is one of Unleash's own for Edge.
func isEdge(host string) bool {
	return strings.HasSuffix("."+strings.ToLower(strings.TrimSuffix(host, ".")), ".edge.getunleash.io")
}
