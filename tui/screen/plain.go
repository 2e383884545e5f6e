package screen

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
)

// plainNames is how many people are named in plain text.
const plainNames = 20

// Plain is how it stands with the current link as plain text, for an output that is no terminal.
func Plain(links model.Links, instance model.Server, address string, now time.Time) string {
	now = links.ServerTime(now)
	t, ok := links.Current(now)
	if !ok {
		return model.StatusNone.String() + ": there is no invite link\n"
	}
	status := t.Status(now)
	_, meaning := describe(t, now)
	if !t.Enabled {
		meaning = nothingLive
	}
	switch {
	case t.Enabled && t.Verdict == model.Unverified:
		meaning = "the server did not say whether it works; by its date " + status.String()
		status = model.StatusUnknown
	case links.MayHideLive(now):
		status, meaning = model.StatusUnknown, noneInSight
	}
	text := fmt.Sprintf("%s: %s\n%s\n", status, meaning, strings.TrimSpace(strings.Join(linkRows(t.URL, len(t.URL)+2), "")))
	u := untilWhen(t, now)
	text += u.label + ": " + draw.UTC(u.at)
	if u.note != "" {
		text += " (" + u.note + ")"
	}
	text += fmt.Sprintf("\nName: %s\nCreated: %s", t.Name, draw.UTC(t.CreatedAt))
	if t.CreatedBy != "" {
		text += " by " + t.CreatedBy
	}
	text += fmt.Sprintf("\nJoined: %d", t.JoinedCount())
	if len(t.Joined) > 0 {
		text += " (" + draw.Names(t.Joined[:min(len(t.Joined), plainNames)], t.JoinedCount(), math.MaxInt) + ")"
	}
	if others := othersLive(links, now); others != "" {
		text += "\n" + others
	}
	warnings := slices.Concat(partialWarning(links), clockWarning(links), instanceWarnings(instance), linkWarnings(t, address, instance, true))
	return strings.Join(slices.Insert(warnings, 0, text), "\nWarning: ") + "\n"
}
