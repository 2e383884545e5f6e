package screen

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/session"
)

// unknownMark marks an unknown status, unlike ○ for a link that lets nobody in.
const unknownMark = "?"

// headline is the status in one word, and what it means.
func (f Frame) headline(width int) []string {
	status, mark, meaning := f.Status()
	return f.headlineOf(status, mark, meaning, f.Others(), width)
}

func (f Frame) headlineOf(status model.Status, mark, meaning, plus string, width int) []string {
	style := f.Styles.Status[status]
	head := " " + style.Render(mark+" "+status.String()+plus) + "   "
	if f.SlowLook() {
		meaning += f.waiting()
	}
	if short := "people can join"; status == model.StatusActive && mark == "●" && width < 60 {
		meaning = short
	}
	lines := draw.Wrap(meaning, width-draw.Width(head)-1)
	rows := []string{head + lines[0]}
	for _, line := range lines[1:] {
		rows = append(rows, strings.Repeat(" ", draw.Width(head))+line)
	}
	return rows
}

// proof returns what the server said when it was asked about the link, and how long ago; empty without a verdict.
func (f Frame) proof(t model.Token) string {
	switch {
	case f.Stale() || t.Enabled && t.Verdict == model.Unverified:
		return ""
	case !t.Enabled || t.AskedAt.IsZero():
		return f.checked(f.Links.FetchedAt)
	}
	return "the server " + said(t) + " it " + f.age(t.AskedAt)
}

// said is the server's verdict on a link, in words.
func said(t model.Token) string {
	if t.Verdict == model.Accepted {
		return "accepted"
	}
	return "refused"
}

// answered reports whether the server was asked about the link and answered.
func answered(t model.Token) bool {
	return t.Enabled && t.Verdict != model.Unverified && !t.AskedAt.IsZero()
}

// since is how long ago the server was asked about the link where that is a while, as many links are asked about in turn;
// else empty.
func (f Frame) since(t model.Token) string {
	ago := f.Local.Sub(t.AskedAt)
	if !answered(t) || ago <= session.StaleAfter {
		return ""
	}
	return shortAge(ago)
}

// shortAge is an age in the steps of looks, for a column.
func shortAge(ago time.Duration) string {
	switch {
	case ago < session.RefreshEvery:
		return "just now"
	case ago < time.Minute:
		return fmt.Sprintf("%d s ago", int(ago.Truncate(session.RefreshEvery).Seconds()))
	}
	return fmt.Sprintf("%d min ago", int(ago.Minutes()))
}

// checked reports how old a verdict is.
func (f Frame) checked(at time.Time) string { return "checked " + f.age(at) }

// age is how long ago the server answered, in the steps in which it is drawn.
func (f Frame) age(at time.Time) string {
	age := max(f.Local.Sub(at), 0).Truncate(session.AgeStep)
	if age == 0 {
		return "just now"
	}
	return draw.Relative(f.Local.Add(-age), f.Local)
}

// proofRow is the proof below a headline that begins with these words, aligned with what the status means.
func (f Frame) proofRow(t model.Token, words string, width int) []string {
	text := f.proof(t)
	if text == "" || f.since(t) != "" { // which stands in the headline
		return nil
	}
	if width < 60 {
		text = strings.Replace(strings.TrimPrefix(text, "the server "), " it ", " ", 1)
	}
	indent := draw.Width(words) + 4
	return []string{strings.Repeat(" ", indent) + draw.Truncate(text, width-indent-1)}
}

// Status is the current link's, with the mark before it and what it means. A
// full mark is for what lets people in, by the server's own verdict.
func (f Frame) Status() (status model.Status, mark, meaning string) {
	t, ok := f.Current()
	switch {
	case !f.Known() && f.Err != nil:
		return model.StatusUnknown, unknownMark, "nothing is known about the invite link yet"
	case !f.Known():
		return model.StatusUnknown, unknownMark, "asking the server…"
	case !ok && f.Stale():
		return model.StatusUnknown, unknownMark, "there was no link when the server last answered"
	case !ok:
		return model.StatusNone, "○", "there is no invite link: n creates one"
	case f.Stale() && (!t.Enabled || t.Verdict != model.Unverified):
		return model.StatusUnknown, unknownMark, fmt.Sprintf("it was %s %s", t.Status(f.fetchedAt()), draw.Relative(f.fetchedAt(), f.Now))
	}
	status, mark, meaning = f.statusOf(t)
	if f.Links.MayHideLive(f.Now) && status != model.StatusUnknown {
		return model.StatusUnknown, unknownMark, noneInSight
	}
	if !t.Enabled { // else another link would be the current one
		meaning = nothingLive
	}
	return status, mark, meaning
}

// nothingLive is said of a current link that is deleted.
const nothingLive = "no link works: this one was deleted, and nothing replaced it"

// noneInSight is said where no link is live in the part of the list that was read.
const noneInSight = "no live link was found, but the list was not read whole"

// statusOf is a link's status by the server's verdict; without one it is unknown.
func (f Frame) statusOf(t model.Token) (status model.Status, mark, meaning string) {
	status = t.Status(f.Now)
	switch {
	case !t.Enabled || t.Verdict != model.Unverified:
		mark, meaning = describe(t, f.Now)
		if since := f.since(t); since != "" {
			meaning = "the server " + said(t) + " it " + since
		}
		return status, mark, meaning
	case f.Looking():
		return model.StatusUnknown, unknownMark, status.String() + " by its date; asking the server…"
	default:
		return model.StatusUnknown, unknownMark, "the server did not say whether it works"
	}
}

// describe gives a link's status its mark and says what it means for people.
func describe(t model.Token, now time.Time) (mark, meaning string) {
	switch t.Status(now) {
	case model.StatusActive:
		if t.Role.Name == "" {
			return "●", "anyone with this link can join"
		}
		return "●", "anyone with this link can join as " + draw.Truncate(t.Role.Name, 30)
	case model.StatusEndingSoon:
		return "●", "anyone with this link can join, but not for long"
	case model.StatusRefused:
		if now.Before(t.StopsAt()) {
			return "○", "the server refuses it, although its expiry is still ahead"
		}
		return "○", "its expiry day has begun: nobody can join"
	default:
		return "○", "nobody can join with it"
	}
}

// Problem says why what is shown may not be so and, where there is room, what can
// be done; nothing when the last look went well.
func (f Frame) Problem(width int) []string {
	known := f.Known()
	var text string
	switch {
	case f.Err == nil && !f.Stale():
		return nil
	case f.Err == nil:
		text = "The server has not answered for a while."
	case f.roomy() || !known:
		text = draw.Sentence(f.Err)
	default:
		text = draw.AsSentence(f.Err.Error())
	}
	if f.TokenRefused() {
		text += " t takes a new one."
	}
	if known && f.Stale() {
		text += " Showing what it said at " + f.fetchedAt().In(f.Loc).Format("15:04:05") + "."
	}
	return draw.Paragraph(f.Styles.Failure, "! "+text, width)
}

// linkRows are the link alone on its line, so that a mouse can select it: with
// no margin where it needs the room, and broken hard where it can't fit.
func linkRows(link string, width int) []string {
	if !SafeLink(link) {
		return []string{" (this link has no address that is safe to show)"}
	}
	if draw.Width(link) < width {
		return []string{" " + link}
	}
	rows := draw.Hardwrap(link, width)
	if len(rows) > 4 {
		return []string{" (the link is too long for this window: c copies it)"}
	}
	return rows
}

// Others announces live links other than the current one, as in " +1".
func (f Frame) Others() string {
	n := len(f.Links.Live(f.Now)) - 1
	if n < 1 || f.Stale() {
		return ""
	}
	return " +" + strconv.Itoa(n)
}

// fetchedAt is when the links were fetched, by the server's clock.
func (f Frame) fetchedAt() time.Time { return f.Links.ServerTime(f.Links.FetchedAt) }
