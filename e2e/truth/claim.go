package truth

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// claim is a screen's statement about the links.
type claim struct {
	// mark is ● for what lets people in, ○ for what does not, ? for what is not known.
	mark, word string
	// others is how many other links it says are live.
	others int
	// secret is that of the link that is shown, stops when it says that the link stops working, left how far that is; empty
	// where it shows none.
	secret, stops, left string
}

var (
	headline = regexp.MustCompile(`(?m)^ ([●○?]) (Active|Ending soon|Refused|Expired|Deleted|None|Unknown)(?: \+(\d+))?   `)
	header   = regexp.MustCompile(`^ unleash-invite  ([●○?]) (Active|Ending soon|Refused|Expired|Deleted|None|Unknown)(?: \+(\d+))?  `)
	address  = regexp.MustCompile(`(?m)^ https://\S+invite=([0-9a-f]+)`)
	stopping = regexp.MustCompile(`(?m)^ Stops(?: working)? +(.+? UTC) +(in .+?)(?:  |$)`)
)

// read reads what a screen says: the status screen in full, of others the header. False when it says nothing of links.
func read(screen string) (claim, bool) {
	found := header.FindStringSubmatch(screen)
	whole := found == nil // what else stands on a screen with a header is of another link, or a question
	if whole {
		found = headline.FindStringSubmatch(screen)
	}
	if found == nil {
		return claim{}, false
	}
	c := claim{mark: found[1], word: found[2]}
	c.others, _ = strconv.Atoi(found[3])
	if m := address.FindStringSubmatch(screen); whole && m != nil {
		c.secret = m[1]
	}
	if m := stopping.FindStringSubmatch(screen); whole && m != nil {
		c.stops, c.left = m[1], m[2]
	}
	return c, true
}

// wrong says what of it is not so, by what the server says to someone who asks it directly; "" when all is.
func (c claim) wrong(links model.Links, now time.Time) string {
	if c.mark == "?" {
		return ""
	}
	shown, known := links.Find(c.secret)
	live := len(links.Live(now))
	switch {
	case c.secret != "" && !known:
		return "there is no such link"
	case c.mark == "●" && live != c.others+1, c.mark == "○" && live > 0:
		return fmt.Sprintf("%d links are live", live)
	case c.word == "None" && len(links.Tokens) > 0:
		return "there is a link"
	case c.secret != "":
		return c.wrongOf(shown, now)
	}
	return ""
}

// wrongOf says what is not so of the link that is shown.
func (c claim) wrongOf(shown model.Token, now time.Time) string {
	switch {
	case c.mark == "●" && shown.Verdict != model.Accepted:
		return "the server refuses it"
	case (c.word == "Deleted") == shown.Enabled:
		return fmt.Sprintf("enabled is %v", shown.Enabled)
	case c.stops != "" && c.stops != draw.UTC(shown.StopsAt()):
		return "it stops at " + draw.UTC(shown.StopsAt())
	case c.left != "" && !near(c.left, shown.StopsAt(), now):
		return "it stops " + draw.Relative(shown.StopsAt(), now)
	}
	return ""
}

// near reports whether the words tell how far a time is from now, or from a few seconds before or after.
func near(words string, at, now time.Time) bool {
	const few = 15 * time.Second
	return words == draw.Relative(at, now) || words == draw.Relative(at, now.Add(few)) || words == draw.Relative(at, now.Add(-few))
}
