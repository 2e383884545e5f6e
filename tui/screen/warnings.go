package screen

import (
	"net/url"
	"strings"
	"time"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// warnings returns what would cost the admin an afternoon, each with what to do.
func (f Frame) warnings(t model.Token) []string {
	var all []string
	if others := othersLive(f.Links, f.Now); others != "" && !f.Stale() && f.Width < wide {
		all = append(all, others+": l shows all")
	}
	all = append(all, partialWarning(f.Links)...)
	all = append(all, clockWarning(f.Links)...)
	server := f.Server
	switch {
	case f.alarm() != "":
		server.Maintenance = false // it is told already
	case server.Maintenance && t.Secret != "":
		all = append(all, "maintenance mode is on: links can't be made or changed; o switches it off")
		server.Maintenance = false
	}
	all = append(all, instanceWarnings(server)...)
	return append(all, linkWarnings(t, f.Instance.Address, f.Server, f.roomy())...)
}

// alarm returns what lets people in and can't be ended; empty when there is nothing like it.
func (f Frame) alarm() string {
	if !f.Server.Maintenance || len(f.Links.Live(f.Now)) == 0 {
		return ""
	}
	return "maintenance mode is on: a live link can't be deleted, but people can still join with it; o switches it off"
}

// instanceWarnings are the reasons why no link of the instance works as expected.
func instanceWarnings(i model.Server) []string {
	var all []string
	if i.Maintenance {
		all = append(all, "maintenance mode is on: links can't be deleted, but people can still join with a live one; "+
			"switch it off in the Admin UI")
	}
	if i.PasswordAuthDisabled {
		all = append(all, "password sign-in is off: people can still sign up, just not log in by password; "+
			"with single sign-on, anyone with the link can claim a colleague's e-mail address")
	}
	return all
}

// linkWarnings are the reasons why a link may not be what it seems to be; the
// address is the instance's, empty when unknown. A window without room gets what is wrong alone, without what to do.
func linkWarnings(t model.Token, address string, server model.Server, room bool) []string {
	var all []string
	if t.Refused {
		all = append(all, "the server gave this link an address that is not safe to open, so the instance's own address is shown: "+
			"check UNLEASH_URL on the server")
	}
	if !t.HoldsSecret() {
		all = append(all, "the link does not contain the secret of its token, so it may be another one: delete it, then create a new link")
	}
	if w := linkWarning(t.URL, address, server, room); w != "" {
		all = append(all, w)
	}
	return all
}

// SafeLink reports whether a link can be shown, copied and opened: http or https,
// printable ASCII, a host, no user name. The client lets no other through.
func SafeLink(link string) bool {
	u, err := url.Parse(link)
	if err != nil || u.Hostname() == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	return !strings.ContainsFunc(link, func(r rune) bool { return r <= ' ' || r > '~' })
}

// othersLive reports whether links other than the current one let people in, or
// nothing. Of one that the server has not told about: that it may.
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
	return draw.Count(n, "other live link") + " " + verb + " people in, too"
}

// linkWarning says why people could not open the link although it works here, and, if there is room, what to do about it.
func linkWarning(link, address string, server model.Server, room bool) string {
	wrong, cure := astray(link, address, server)
	if room {
		return wrong + cure
	}
	return wrong
}

// astray has the parts of a linkWarning.
func astray(link, address string, server model.Server) (wrong, cure string) {
	const mend = "set UNLEASH_URL on the server, then create a new link"
	to, from := model.Host(link), model.Host(address)
	switch model.Leads(link, address) {
	case model.LeadsToReader:
		return "the link leads to " + to + ", which is each person's own computer: " + mend, ""
	case model.LeadsToAnotherHost:
		return "the link leads to " + to + ", not to " + from, ": if that is wrong, " + mend
	case model.LeadsToAnotherPage:
		page, own := model.SignUpPage(link), model.SignUpPage(model.NewUser(address))
		if server.SignUpPageMissing && page == model.SignUpPage(model.NewUser(server.UnleashURL)) {
			return "the link leads to " + page + ", where the server answers 404", ", not to " + own + ", so nobody can sign up with it: " + mend
		}
		return "the link leads to " + page + ", not to " + own, ": if that is wrong, " + mend
	case model.LeadsHomeHere:
		return "the link leads to " + to + ": it works only on this computer", ""
	case model.LeadsHome:
	}
	return "", ""
}

// onlyHere reports whether link and instance are both on this computer, as when trying things out.
func onlyHere(link, address string) bool {
	return model.ThisComputer(model.Host(link)) && model.ThisComputer(model.Host(address))
}

// clockWarning warns of a clock that is wrong here or there, where that may confuse.
func clockWarning(links model.Links) []string {
	const tolerated = 2 * time.Minute
	d := links.ClockDifference
	if d.Abs() <= tolerated {
		return nil
	}
	way := "behind"
	if d < 0 {
		way = "ahead"
	}
	return []string{"this computer's clock is " + draw.Span(d.Abs().Round(time.Minute)) + " " + way + "; times are the server's"}
}

// partialWarning warns of a list that was not read to its end.
func partialWarning(links model.Links) []string {
	if !links.Partial {
		return nil
	}
	return []string{"the server's list is too long to be read whole, so there may be more links: no new one can be created beside them"}
}
