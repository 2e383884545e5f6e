package model

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// Lead is where an invite link leads, compared with its instance's sign-up page.
type Lead int

const (
	// LeadsHome means to that page, or that it can't be told.
	LeadsHome Lead = iota
	// LeadsHomeHere means to that page, which only this computer can open.
	LeadsHomeHere
	// LeadsToReader means to the computer of whoever opens it.
	LeadsToReader
	// LeadsToAnotherHost means to another server.
	LeadsToAnotherHost
	// LeadsToAnotherPage means to another scheme, port or path of the same server.
	LeadsToAnotherPage
)

// Leads compares an invite link with <address>/new-user on the instance at the address.
func Leads(link, address string) Lead {
	to, from := Host(link), Host(address)
	near, home := ThisComputer(to), ThisComputer(from)
	switch {
	case to == "" || from == "":
		return LeadsHome
	case near && !home:
		return LeadsToReader
	case to != from && !near:
		return LeadsToAnotherHost
	case SignUpPage(link) != SignUpPage(NewUser(address)):
		return LeadsToAnotherPage
	case near:
		return LeadsHomeHere
	}
	return LeadsHome
}

// NewUser is the address of the sign-up page on the instance at the address.
func NewUser(address string) string { return strings.TrimRight(address, "/") + "/new-user" }

// SignUpPage is the page that a link leads to, without what is the same in other words: case, default port, name of this
// computer, and the query. It is empty for what is no address.
func SignUpPage(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Hostname() == "" {
		return ""
	}
	name, port := strings.ToLower(u.Hostname()), u.Port()
	switch {
	case ThisComputer(name):
		name = "localhost"
	case strings.Contains(name, ":"):
		name = "[" + name + "]"
	}
	if port != "" && port != map[string]string{"http": "80", "https": "443"}[u.Scheme] {
		name += ":" + port
	}
	return u.Scheme + "://" + name + u.EscapedPath()
}

// HoldsSecret reports whether the link's query is that of an invite link with the token's secret.
func (t Token) HoldsSecret() bool {
	u, err := url.Parse(t.URL)
	return err == nil && u.Fragment == "" && slices.Equal(u.Query()["invite"], []string{t.Secret})
}

// Host is the host's name in an address, in lower case; empty where there is none.
func Host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

// Unencrypted reports whether what is sent to the address can be read on the way.
func Unencrypted(address string) bool {
	host := Host(address)
	return strings.HasPrefix(strings.ToLower(address), "http://") && host != "" && !ThisComputer(host)
}

// ThisComputer reports whether a host's name means whichever computer it is used on.
func ThisComputer(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || err == nil && (ip.Unmap().IsLoopback() || ip.IsUnspecified())
}
