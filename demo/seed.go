package demo

import (
	"fmt"
	"slices"
	"time"
)

// Link is an invite link that a server has from the start.
type Link struct {
	Name string
	// CreatedAt is when "admin" made it; the zero time means now.
	CreatedAt time.Time
	// ExpiresAt is the stored expiry, in the past or as far ahead as one likes.
	ExpiresAt time.Time
	// Deleted reports whether it was disabled.
	Deleted bool
	// Joined are the display names of the people who signed up with it, byte for byte.
	Joined []string
}

// Sample is an instance to show: a live link named "default" that four people
// used and that ends in five days, one that expired, and one that was deleted.
func Sample(now time.Time) []Link {
	const day = 24 * time.Hour
	midnight := today(now)
	return []Link{
		{
			Name: "default", CreatedAt: now.Add(-40*day - 5*time.Hour), ExpiresAt: midnight.Add(-32 * day),
			Deleted: true, Joined: []string{"Dana Lee"},
		},
		{
			Name: "autumn workshop", CreatedAt: now.Add(-20*day - 3*time.Hour), ExpiresAt: midnight.Add(-12 * day),
			Joined: []string{"Emil Nowak", "Fatima Khan"},
		},
		{
			Name: "default", CreatedAt: now.Add(-3*day - 2*time.Hour), ExpiresAt: midnight.Add(5 * day),
			Joined: []string{"Ann Smith", "Bob", "Carol Díaz", "山田 太郎"},
		},
	}
}

// LastDay is a link in its last day: by its date it is alive, as the Admin UI shows it, but Unleash refuses it.
func LastDay(now time.Time) Link {
	const day = 24 * time.Hour
	return Link{
		Name: "default", CreatedAt: now.Add(-6*day - 4*time.Hour), ExpiresAt: today(now).Add(day - time.Second),
		Joined: []string{"Sofia Rossi", "Tom Becker"},
	}
}

// seed fills the store with links and the events that led to them.
func (s *store) seed(links []Link, now time.Time) {
	for _, l := range links {
		if l.CreatedAt.IsZero() {
			l.CreatedAt = now
		}
		s.seedLink(l, now)
	}
	slices.SortStableFunc(s.events, func(a, b event) int { return a.CreatedAt.Compare(b.CreatedAt.Time) })
	for i := range s.events {
		s.events[i].ID = i + 1
	}
}

func (s *store) seedLink(l Link, now time.Time) {
	t := s.create(l.Name, l.ExpiresAt, l.CreatedAt)
	// Not by update: that would leave an event and a new order.
	s.bySecret[t.Secret].ExpiresAt = stamp{l.ExpiresAt}
	// People joined and the admin deleted at even intervals of the link's life.
	life := max(earlier(now, l.ExpiresAt).Sub(l.CreatedAt), 0)
	interval := life / time.Duration(len(l.Joined)+2)
	at := l.CreatedAt
	for _, name := range l.Joined {
		at = at.Add(interval)
		p := person{name: name, email: fmt.Sprintf("person%d@example.com", s.lastUser+1)}
		if _, fault := s.signUp(t.Secret, p, at); fault != nil {
			panic("demo: " + fault.Message) // The e-mail is a new one each time.
		}
	}
	if l.Deleted {
		enabled := false
		s.update(change{Secret: t.Secret, Enabled: &enabled}, at.Add(interval))
	}
}
