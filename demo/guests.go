package demo

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Guests are people who sign up by themselves, so that there is something to see.
type Guests struct {
	// Names are their display names, in the order in which they come.
	Names []string
	// First is the time from the server's start to the first; zero is Every.
	First time.Duration
	// Every is the time from one to the next. Nobody comes when it is not positive.
	Every time.Duration
}

// SampleGuests are a dozen people: the first soon, so that whoever looks sees it, then one every 25 seconds.
func SampleGuests() Guests {
	return Guests{
		Names: []string{
			"Grace Okafor", "Hugo Martin", "Inès Laurent", "Jonas Weber", "김민준", "Kavya Rao",
			"Liam O’Brien", "Mona Haddad", "Nils Berg", "Olga Petrova", "Pedro Silva", "Quinn Taylor",
		},
		First: 8 * time.Second,
		Every: 25 * time.Second,
	}
}

// door is where guests come in, one by one.
type door struct {
	mu     sync.Mutex
	guests []string // still to come
	every  time.Duration
	next   time.Time
	came   int
}

func newDoor(g Guests, now time.Time) *door {
	return &door{guests: slices.Clone(g.Names), every: g.Every, next: now.Add(cmp.Or(g.First, g.Every))}
}

// admit signs up the guests whose time has come, by the link made last of those
// that work; without such a link they wait. The server asks before each answer,
// so that nothing runs while nobody looks.
func (d *door) admit(s *store, now time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for len(d.guests) > 0 && d.every > 0 && !now.Before(d.next) {
		at := d.next
		d.next = d.next.Add(d.every)
		secret, ok := s.newestValid(now)
		if !ok {
			continue
		}
		d.came++
		p := person{name: d.guests[0], email: fmt.Sprintf("guest%d@example.com", d.came)}
		d.guests = d.guests[1:]
		_, _ = s.signUp(secret, p, at) // fails when somebody took the e-mail: that guest stays away
	}
}

// newestValid is the secret of the link made last of those that work.
func (s *store) newestValid(now time.Time) (secret string, ok bool) {
	var newest token
	for _, t := range s.list() {
		if s.valid(t.Secret, now) && !t.CreatedAt.Before(newest.CreatedAt.Time) {
			newest = t
		}
	}
	return newest.Secret, newest.Secret != ""
}
