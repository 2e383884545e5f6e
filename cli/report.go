package cli

import (
	"strings"
	"time"

	"unleash-invite/model"
)

// schema is the version of the JSON, see docs/schema.json: a change that breaks readers makes it another.
const schema = 1

// report is a command's result for one instance, as JSON.
type report struct {
	Schema   int    `json:"schema"`
	Command  string `json:"command"`
	Profile  string `json:"profile,omitempty"`
	Instance string `json:"instance,omitempty"`
	At       string `json:"at"`
	Exit     int    `json:"exit"`
	Error    string `json:"error,omitempty"`
	Skipped  string `json:"skipped,omitempty"`

	Status   string   `json:"status,omitempty"`
	Joinable *bool    `json:"joinable,omitempty"`
	Link     *link    `json:"link,omitempty"`
	Others   []link   `json:"others,omitempty"`
	Warnings []string `json:"warnings,omitempty"`

	Links  *[]link   `json:"links,omitempty"`
	People *[]person `json:"people,omitempty"`

	DryRun  bool      `json:"dryRun,omitempty"`
	Changes *[]change `json:"changes,omitempty"`
	Live    *[]link   `json:"live,omitempty"`
}

// link is a link in JSON.
type link struct {
	Secret    string `json:"secret,omitempty"`
	Name      string `json:"name"`
	URL       string `json:"url,omitempty"`
	Status    string `json:"status,omitempty"`
	Live      bool   `json:"live"`
	ExpiresAt string `json:"expiresAt,omitempty"`
	StopsAt   string `json:"stopsAt,omitempty"`
	CreatedAt string `json:"createdAt,omitempty"`
	CreatedBy string `json:"createdBy,omitempty"`
	Joined    int    `json:"joined"`
}

// person is somebody who joined, in JSON.
type person struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	Username string `json:"username,omitempty"`
	Email    string `json:"email,omitempty"`
	Role     string `json:"role,omitempty"`
	JoinedAt string `json:"joinedAt,omitempty"`
	SeenAt   string `json:"seenAt,omitempty"`
	Link     string `json:"link"`
	Secret   string `json:"secret"`
}

// change is a write, done or planned, in JSON.
type change struct {
	Action string  `json:"action"`
	Link   link    `json:"link,omitzero"`
	Person *person `json:"person,omitempty"`
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// word is a status as one word for scripts.
func word(t model.Token, now time.Time) string {
	s := t.Status(now)
	if t.Enabled && t.Verdict == model.Unverified {
		s = model.StatusUnknown
	}
	return strings.ReplaceAll(strings.ToLower(s.String()), " ", "-")
}

func asLink(t model.Token, now time.Time) link {
	l := link{
		Secret: t.Secret, Name: t.Name, URL: t.URL, Status: word(t, now), Live: t.Enabled && t.Verdict == model.Accepted,
		ExpiresAt: stamp(t.ExpiresAt), CreatedAt: stamp(t.CreatedAt), CreatedBy: t.CreatedBy, Joined: t.JoinedCount(),
	}
	if !t.ExpiresAt.IsZero() {
		l.StopsAt = stamp(t.StopsAt())
	}
	return l
}

func asLinks(tokens []model.Token, now time.Time) []link {
	links := make([]link, len(tokens))
	for i, t := range tokens {
		links[i] = asLink(t, now)
	}
	return links
}
