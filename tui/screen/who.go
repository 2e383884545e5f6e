package screen

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// who tells who joined: the latest in a row each, with when, as far as there is room for all else in that many rows;
// without room for a few, their names in one row.
func (f Frame) who(d *draw.Details, t model.Token, room int) {
	count := strconv.Itoa(t.JoinedCount())
	free := room - len(d.Page) - len(f.warningRows(t, d.Width)) - 5 // the gaps, the head, other live links and their gap
	n := min(len(t.Joined), free, mostPeople)
	if n < min(len(t.Joined), fewPeople) || n <= 0 {
		names := draw.Names(f.marked(t.Joined), t.JoinedCount(), d.Width-d.Indent-draw.Width(count)-4)
		d.Fact(draw.Extra, "Joined", count, names)
		return
	}
	more := t.JoinedCount() - n
	if more > 0 && n == free { // the row for the others needs room, too
		n--
		more++
	}
	d.Page.Add(draw.FirstGap, "")
	d.Fact(draw.Extra, "Joined", count, "")
	name := 0
	for _, p := range t.Joined[:n] {
		name = max(name, draw.Width(p.Label()))
	}
	times := f.joinTimes(t.Joined[:n])
	for _, p := range t.Joined[:n] {
		d.Page.Add(draw.Extra, f.person(p, times[p.ID], min(name, 40, d.Width-32), d.Width))
	}
	if more > 0 {
		d.Page.Add(draw.Extra, strings.Repeat(" ", personIndent)+fmt.Sprintf("…and %d more: j", more))
	}
}

// The fewest people worth a list, and the most that one look takes in.
const fewPeople, mostPeople = 3, 12

// personIndent is the margin of a name, in which someone who is new is marked.
const personIndent = 6

// joinTimes are when they joined, by their IDs, as far as the server told.
func (f Frame) joinTimes(people []model.Person) map[int64]time.Time {
	times := make(map[int64]time.Time, len(people))
	all := f.People()
	if all == nil {
		return times
	}
	for i := range all.Joined { // of a hundred thousand the latest come first
		if len(times) == len(people) {
			break
		}
		id := all.Joined[i].ID
		if slices.ContainsFunc(people, func(p model.Person) bool { return p.ID == id }) {
			times[id] = all.Joined[i].CreatedAt
		}
	}
	return times
}

func (f Frame) person(p model.Person, at time.Time, name, width int) string {
	margin := strings.Repeat(" ", personIndent)
	if f.IsNew(p.ID) {
		margin = "  " + f.Styles.Success.Render("new") + " "
	}
	return draw.Truncate(margin+cell(p.Label(), max(name, 4)+1)+"  "+f.when(at), width-1)
}

// when is a time of the past: lately as it is said, else by the calendar.
func (f Frame) when(at time.Time) string {
	switch ago := f.Now.Sub(at); {
	case at.IsZero():
		return ""
	case ago < time.Minute: // by the server's clock it may be ahead
		return "just now"
	case ago < 24*time.Hour:
		return draw.Relative(at, f.Now)
	}
	return draw.UTC(at)
}

// wide is the width from which the other live links are named; a narrower window warns of them.
const wide = 60

// alsoLive names the live links beside the current one.
func (f Frame) alsoLive(d *draw.Details) {
	live := f.Links.Live(f.Now)
	if len(live) < 2 || f.Stale() || f.Width < wide {
		return
	}
	count := strconv.Itoa(len(live) - 1)
	room := d.Width - d.Indent - len(count) - 4
	text := ""
	for i, t := range live[1:] {
		one := draw.Truncate(t.Name, 24) + " until " + draw.Day(t.StopsAt())
		if t.Verdict == model.Unverified {
			one += ", by its date"
		} else if since := f.since(t); since != "" {
			one = draw.Truncate(t.Name, 24) + ", " + said(t) + " " + since
		}
		rest := ""
		if more := len(live) - 2 - i; more > 0 {
			rest = fmt.Sprintf(" · +%d more", more)
		}
		if draw.Width(text+one+rest+" · l") > room-3 {
			text += fmt.Sprintf("+%d more · ", len(live)-1-i)
			break
		}
		text += one + " · "
	}
	if text == fmt.Sprintf("+%d more · ", len(live)-1) {
		text = ""
	}
	d.Page.Add(draw.FirstGap, "")
	d.Fact(draw.Warning, "Also live", f.Styles.Warning.Render(count), text+"l")
}
