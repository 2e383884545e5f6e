package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"time"

	"unleash-invite/demo"
	"unleash-invite/parallel"
)

// The round trips of lines on which all is measured: what is the same on both is no round trip.
const (
	shortTrip = 100 * time.Millisecond
	longTrip  = 300 * time.Millisecond
)

// keyPause is between two keys: faster ones would be a paste, or come before a question counts as painted.
const keyPause = 250 * time.Millisecond

const (
	ctrlR         = "\x12"
	deletedStatus = "○ Deleted"
)

// journey is something that takes round trips.
type journey struct {
	what     string
	budget   float64 // in round trips
	links    []demo.Link
	profiles int
	keys     []string // the first ones lead to a question or a form, the last one acts; none measures the start
	after    string   // what is on the screen before the last key
	waits    bool     // a while before the last key, as people do who read
	deletes  bool     // somebody deletes the link just before that key
	done     func(text string) bool
}

// journeys are those that are measured.
func journeys(now time.Time) []journey {
	link := func(name string, deleted bool) demo.Link {
		return demo.Link{Name: name, CreatedAt: now.AddDate(0, 0, -3), ExpiresAt: now.AddDate(0, 0, 5), Deleted: deleted}
	}
	live, deleted := []demo.Link{link("default", false)}, []demo.Link{link("default", true)}
	five := append([]demo.Link{link("a", false), link("b", false), link("c", false), link("d", false)}, live...)
	const deletion = "Delete this link?"
	gone, rotated := shows("Deleted:"), shows("Rotated:")
	return []journey{
		{what: "start → list", budget: 3, links: live, done: shows(statusWord)},
		{what: "start → the server's verdict", budget: 4, links: live, done: shows(verdictWord)},
		{what: "`ctrl+r`", budget: 1, links: live, keys: []string{ctrlR}, deletes: true, done: shows(deletedStatus)},
		{what: "`d` `y`", budget: 2.2, links: live, keys: []string{"d", "y"}, after: deletion, waits: true, done: gone},
		{what: "`d` `y`, `y` at once", budget: 3.2, links: live, keys: []string{"d", "y"}, after: deletion, done: gone},
		{
			what: "`n` `Enter`", budget: 2.2, links: deleted,
			keys: []string{"n", enter}, after: "New invite link", waits: true, done: shows("Created:"),
		},
		{
			what: "`e` `Enter`", budget: 2.2, links: live,
			keys: []string{"e", enter}, after: "Change when", waits: true, done: shows("Changed:"),
		},
		{what: "`r` `y`", budget: 4.3, links: live, keys: []string{"r", "y"}, after: "Rotate the", waits: true, done: rotated},
		{
			what: "`r` `5` `Enter`, five live links", budget: 4.5, links: five,
			keys: []string{"r", "5", enter}, after: "Number          5", waits: true, done: rotated,
		},
		{
			what: "`p` with ten profiles", budget: 4.2, links: live, profiles: 10, keys: []string{"p"},
			done: func(screen string) bool { return strings.Count(screen, "● Active") == 11 }, // the header has one, too
		},
	}
}

// way is a line that a journey is measured on.
type way struct {
	http2 bool
	trip  time.Duration
}

// trips measures how many round trips things take one after the other, on lines that are slow.
func (b *bench) trips(ctx context.Context) error {
	for _, j := range journeys(time.Now()) {
		fmt.Fprintln(os.Stderr, " ", j.what)
		if err := b.measureTrips(ctx, j); err != nil {
			return fmt.Errorf("%s: %w", j.what, err)
		}
	}
	return nil
}

// measureTrips measures a journey on all ways at once, since it mostly waits. How much longer it takes where the line is
// longer shows how many round trips it takes.
func (b *bench) measureTrips(ctx context.Context, j journey) error {
	ways := []way{{true, shortTrip}, {true, longTrip}, {false, shortTrip}, {false, longTrip}}
	taken := make([][]time.Duration, len(ways))
	failures := make([]error, len(ways))
	for range b.journeys {
		parallel.Each(len(ways), len(ways), func(i int) {
			var took time.Duration
			if took, failures[i] = b.travel(ctx, j, ways[i]); failures[i] == nil {
				taken[i] = append(taken[i], took)
			}
		})
		if err := errors.Join(failures...); err != nil {
			return err
		}
	}
	slope := func(short, long []time.Duration) float64 {
		return float64(median(long)-median(short)) / float64(longTrip-shortTrip)
	}
	b.journey(j.what, slope(taken[0], taken[1]), slope(taken[2], taken[3]), j.budget)
	return nil
}

// travel measures one journey on a server of its own.
func (b *bench) travel(ctx context.Context, j journey, on way) (time.Duration, error) {
	unleash := demo.New(demo.Options{Links: j.links})
	server := serveSecurely(unleash, on.http2)
	defer server.Close()
	end, err := b.behind(ctx, server, on.trip, max(j.profiles, 1))
	if err != nil {
		return 0, err
	}
	defer end.close()
	s, err := begin(false, end.env(b.folder), b.ours)
	if err != nil {
		return 0, err
	}
	defer s.end()
	if len(j.keys) == 0 {
		return s.until(j.done)
	}
	if _, err := s.until(known); err != nil {
		return 0, err
	}
	pause(ctx, 6*on.trip) // for what else is fetched at the start
	return s.travel(ctx, j, unleash)
}

// known reports whether the server's verdict on the link is on the screen.
func known(text string) bool {
	return strings.Contains(text, verdictWord) || strings.Contains(text, deletedStatus)
}

// remove deletes all links, in no time.
func remove(ctx context.Context, server *demo.Server) error {
	answer := httptest.NewRecorder()
	content, err := list(ctx, server)
	if err != nil {
		return err
	}
	for _, secret := range secrets.FindAllSubmatch(content, -1) {
		req := httptest.NewRequestWithContext(ctx, http.MethodPut, tokensPath+"/"+string(secret[1]), strings.NewReader(`{"enabled":false}`))
		req.Header.Set("Authorization", demo.AdminToken)
		req.Header.Set("Content-Type", "application/json")
		server.ServeHTTP(answer, req)
	}
	if answer.Code != http.StatusOK {
		return fmt.Errorf("the demo does not delete a link: status %d", answer.Code)
	}
	return nil
}

// secrets finds those in a list of links.
var secrets = regexp.MustCompile(`"secret":"([0-9a-f]+)"`)

// travel presses the keys and measures from the last one to the end.
func (s *session) travel(ctx context.Context, j journey, unleash *demo.Server) (time.Duration, error) {
	last := len(j.keys) - 1
	for _, key := range j.keys[:last] {
		if _, err := s.tty.WriteString(key); err != nil {
			return 0, err
		}
		pause(ctx, keyPause)
	}
	if _, err := s.until(shows(j.after)); err != nil {
		return 0, err
	}
	pause(ctx, keyPause)
	if j.waits {
		pause(ctx, time.Second+rand.N(time.Second))
	}
	if j.deletes {
		if err := remove(ctx, unleash); err != nil {
			return 0, err
		}
	}
	began := time.Now()
	if _, err := s.tty.WriteString(j.keys[last]); err != nil {
		return 0, err
	}
	shown, err := s.until(j.done)
	return shown - began.Sub(s.began), err
}
