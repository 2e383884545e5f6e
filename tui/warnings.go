package tui

import (
	"net"
	"net/url"
	"strings"
	"time"

	"unleash-invite/model"
)

// warnings are what would cost the admin an afternoon, each with what to do.
func (m *Model) warnings(t model.Token) []string {
	var all []string
	if others := othersLive(m.links, m.now()); others != "" && !m.stale() {
		all = append(all, others+": l shows all")
	}
	if m.instance.PasswordAuthDisabled {
		all = append(all, "password sign-in is off on this instance, so nobody can sign up by the link: switch it on in the Admin UI")
	}
	if m.instance.Maintenance {
		all = append(all, "the instance is in maintenance mode, so changes may be refused: switch it off in the Admin UI")
	}
	if w := linkWarning(t.URL, m.on.Address); w != "" {
		all = append(all, w)
	}
	return all
}

// othersLive says that links other than the current one let people in, or
// nothing. Of one that the server has not told about it says that it may.
func othersLive(links model.Links, now time.Time) string {
	live := links.Live(now)
	if len(live) < 2 {
		return ""
	}
	n, verb := len(live)-1, "let"
	if n == 1 {
		verb = "lets"
	}
	for _, t := range live[1:] {
		if t.Verdict == model.Unverified {
			verb = "may let"
		}
	}
	return count(n, "other live link") + " " + verb + " people in, too"
}

// linkWarning says why people could not open the link although it works here.
func linkWarning(link, address string) string {
	to, from := host(link), host(address)
	switch {
	case to == "" || from == "":
		return ""
	case isLocal(to) && !isLocal(from):
		return "the link leads to " + to + ", which is each person's own computer: set UNLEASH_URL on the server, then make a new link"
	case to != from && (!isLocal(to) || !isLocal(from)):
		return "the link leads to " + to + ", not to " + from + ": if that is wrong, set UNLEASH_URL on the server, then make a new link"
	case isLocal(to):
		return "the link leads to " + to + ": it works on this computer alone"
	}
	return ""
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

func isLocal(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || ip != nil && (ip.IsLoopback() || ip.IsUnspecified())
}
