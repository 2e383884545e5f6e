package screen

import (
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
)

// cantCopy is why the link can't be copied, or empty.
func cantCopy(t model.Token) string {
	switch {
	case t.URL == "":
		return "There is no link: n makes one."
	case !SafeLink(t.URL):
		return "This link is no web address that is safe to open, so it is not copied: set UNLEASH_URL on the server, then make a new link."
	}
	return ""
}

// copyLink copies, and says so after the lead, then what to think of before sending the link to people.
func copyLink(h Host, t model.Token, lead string) tea.Cmd {
	f := h.Frame()
	if reason := cantCopy(t); reason != "" {
		return h.Say(f.Styles.Warning, lead+reason)
	}
	warning := "."
	switch {
	case f.Stale() || t.Enabled && t.Verdict == model.Unverified:
		warning = ", but it is not known whether the link works."
	case !t.Live(f.Now):
		warning = ", but nobody can join with this link."
	}
	if doubts := linkWarnings(t, f.Instance.Address, f.Server); len(doubts) > 0 && !onlyHere(t.URL, f.Instance.Address) {
		warning += " But " + doubts[0] + "."
	}
	return h.Copy(t.URL, lead, warning)
}
