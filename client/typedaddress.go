package client

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"path"
	"strings"

	"unleash-invite/model"
	"unleash-invite/paste"
)

// typedAddress is an address as someone typed or pasted it, and where Unleash may be meant.
type typedAddress struct {
	url    *url.URL
	scheme string // as typed; empty when it was left out
	more   bool   // a query or fragment followed
}

// parseTypedAddress reads an address of which everything from a ? or # on is dropped: an
// invite link's secret is not sent anywhere. What it says never repeats the address.
func parseTypedAddress(typed string) (typedAddress, error) {
	if paste.LooksLikeToken(typed) { // it must not be looked up as a host's name
		return typedAddress{}, errors.New("this looks like a token: the address comes first, such as https://unleash.example.com")
	}
	typed = strings.TrimSpace(typed)
	p := typedAddress{}
	if end := strings.IndexAny(typed, "?#"); end >= 0 {
		typed, p.more = typed[:end], true
	}
	switch scheme, _, found := strings.Cut(typed, "://"); {
	case hasScheme(typed):
		p.scheme = strings.ToLower(scheme)
	case found:
		return typedAddress{}, errors.New("the Unleash address must begin with https:// or http://")
	case typed != "":
		typed = "https://" + strings.TrimPrefix(typed, "//")
	}
	base, err := parseBase(typed)
	p.url = base
	return p, err
}

// found compares what was typed with the base address where Unleash answers.
func (p typedAddress) found(base string) model.Found {
	u, err := url.Parse(base)
	if err != nil {
		return model.Found{Address: base, Guessed: true}
	}
	typed, path := p.path()+"/", strings.TrimRight(u.EscapedPath(), "/")+"/"
	within := strings.HasPrefix(typed, path)
	return model.Found{
		Address: base,
		Cut:     within && (p.more || typed != path),
		Guessed: !within || hostPort(u) != hostPort(p.url),
		Insecure: u.Scheme == "http" && p.scheme != "http" &&
			(p.scheme == "https" || !isLoopback(u.Hostname())),
	}
}

// hostPort is the host with its port, unless that is the scheme's own.
func hostPort(u *url.URL) string {
	own := map[string]string{"http": "80", "https": "443"}[u.Scheme]
	return strings.ToLower(strings.TrimSuffix(u.Host, ":"+own))
}

// path is the path that was typed, with a / before each of its parts.
func (p typedAddress) path() string {
	return strings.TrimRight(path.Clean("/"+p.url.EscapedPath()), "/")
}

// portOfUnleash is the port that Unleash listens on unless it is told otherwise.
const portOfUnleash = "4242"

// origins are the schemes, hosts and ports to ask, in order. Plain HTTP comes
// second, and is left out where https was typed and the host is another machine.
func (p typedAddress) origins() []string {
	host := p.url.Host
	var origins []string
	switch local := isPrivateHost(p.url.Hostname()); {
	case p.scheme == "http":
		origins = []string{"http://" + host, "https://" + host}
	case p.scheme == "" || local:
		origins = []string{"https://" + host, "http://" + host}
	default:
		origins = []string{"https://" + host}
	}
	if isLoopback(p.url.Hostname()) && p.url.Port() == "" {
		origins = append(origins, "http://"+net.JoinHostPort(p.url.Hostname(), portOfUnleash))
	}
	return origins
}

// isLoopback reports whether a host is this machine.
func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || strings.HasSuffix(strings.ToLower(host), ".localhost") || err == nil && ip.IsLoopback()
}

// isPrivateHost reports whether a host is this machine or in a private network.
func isPrivateHost(host string) bool {
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast()
	}
	for _, end := range []string{".local", ".internal", ".lan", ".home.arpa"} {
		if strings.HasSuffix(strings.ToLower(host), end) {
			return true
		}
	}
	return isLoopback(host) || !strings.Contains(host, ".")
}

// deepest is the most parts of a path that are tried.
const deepest = 8

// paths are the base paths to try: the one typed, shorter and shorter, since a page of
// the Admin UI may have been pasted, and then those that hosts often use.
func (p typedAddress) paths() []string {
	parts := strings.Split(p.path(), "/")[1:]
	parts = parts[:min(len(parts), deepest)]
	var paths []string
	for n := len(parts); n > 0; n-- {
		paths = append(paths, "/"+strings.Join(parts[:n], "/"))
	}
	return append(paths, "", "/unleash", "/eu", "/us", "/flags")
}
