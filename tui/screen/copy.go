package screen

import (
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
)

// cantCopy is why the link can't be copied, or empty.
func cantCopy(t model.Token) string {
	switch {
	case t.URL == "":
		return "There is no link: n creates one."
	case !SafeLink(t.URL):
		return "This link is not a web address that is safe to open, so it was not copied: set UNLEASH_URL on the server, then create a new link."
	}
	return ""
}

// CopyLink copies at once, and says so after the lead; beside it the server is asked whether the link works.
func CopyLink(h Host, t model.Token, lead string) tea.Cmd {
	f := h.Frame()
	if reason := cantCopy(t); reason != "" {
		return h.Say(f.Styles.Warning, lead+reason)
	}
	work, first := h.Session(), f.doubts(t)
	doubts := func() string {
		if h.Session() != work { // another instance is shown by now
			return first
		}
		f := h.Frame()
		if now, ok := f.Links.Find(t.Secret); ok {
			return f.doubts(now)
		}
		return first
	}
	return tea.Batch(h.Copy(Copying{Text: t.URL, Secret: t.Secret, Lead: lead, Doubts: doubts}), work.Judge(t))
}

// doubts warn before a link is sent to people; they follow the words that it was copied.
func (f Frame) doubts(t model.Token) string {
	text := ""
	switch {
	case f.Stale() || t.Enabled && t.Verdict == model.Unverified:
		text = ", but it is not known whether the link works."
	case !t.Live(f.Now):
		text = ", but nobody can join with this link."
	}
	if warnings := linkWarnings(t, f.Instance.Address, f.Server, true); len(warnings) > 0 && !onlyHere(t.URL, f.Instance.Address) {
		if text == "" {
			text = "."
		}
		text += " But " + warnings[0] + "."
	}
	return text
}
