package client

import (
	"net/http"
	"time"

	"unleash-invite/model"
)

// Unleash reckons by its own clock, and a laptop's may be days off. So whether a link is
// live or a leftover is judged by the server's, as its Date header tells it.

// serverClock is how the server's clock and ours differ.
type serverClock struct {
	told  time.Time     // the last Date; zero when the server sends none
	ahead time.Duration // of ours; 0 within what a Date can tell
}

// dateStep is the precision of a Date header, and what two clocks may differ by unnoticed.
const dateStep = 2 * time.Second

// heed notes the server's clock, as of the middle between request and answer. The
// difference stays as it is while a new answer agrees with it: it must not flicker.
func (c *Client) heed(h http.Header, took time.Duration) {
	at, err := http.ParseTime(h.Get("Date"))
	if err != nil || aged(h) {
		return
	}
	ahead := at.Add(time.Second / 2).Sub(c.now().Round(0).Add(-took / 2))
	within := dateStep + took/2
	c.mu.Lock()
	defer c.mu.Unlock()
	c.server.told = at
	switch {
	case ahead.Abs() <= within:
		c.server.ahead = 0
	case (ahead - c.server.ahead).Abs() > within:
		c.server.ahead = ahead
	}
}

// serverNow is the time by the server's clock, by ours as long as it tells none.
func (c *Client) serverNow() time.Time { return c.now().Add(c.clockDifference()) }

func (c *Client) clockDifference() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.server.ahead
}

// latestCertain is a time that has come both by our clock and by the server's, as
// far as that told: one that is wrong must not make a link look expired.
func (c *Client) latestCertain() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	if c.server.told.Before(now) {
		return c.server.told
	}
	return now
}

// dated notes in links how the clocks differ.
func (c *Client) dated(links model.Links) model.Links {
	links.ClockDifference = c.clockDifference()
	return links
}
