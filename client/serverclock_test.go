package client_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"unleash-invite/client"
	"unleash-invite/demo"
	"unleash-invite/model"
)

const day = 24 * time.Hour

// Whatever this computer's clock says, a link is made, recognized as live and not made
// twice, re-dated and rotated by the server's.
func TestAWrongClock(t *testing.T) {
	for _, off := range []time.Duration{-30 * day, -48 * time.Hour, -3 * time.Hour, 0, time.Hour, 2 * day, 30 * day} {
		t.Run(fmt.Sprint(off), func(t *testing.T) {
			t.Parallel()
			server := demo.New(demo.Options{})
			t.Cleanup(server.Close)
			local := func() time.Time { return time.Now().Add(off) }
			c, err := client.New(server.URL(), demo.AdminToken, client.WithTransport(server.Transport()), client.WithClock(local))
			if err != nil {
				t.Fatal(err)
			}
			links, err := c.Look(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if wrong := (links.ClockDifference + off).Abs(); wrong > 3*time.Second {
				t.Errorf("the clocks differ by %s", links.ClockDifference)
			}
			if wrong := time.Until(links.ServerTime(local())).Abs(); wrong > 3*time.Second {
				t.Errorf("the server's time is wrong by %s", wrong)
			}
			expires := time.Now().UTC().Truncate(day).Add(3 * day)
			_, made, err := c.CreateLink(t.Context(), "default", expires)
			if err != nil || !made.ExpiresAt.Equal(expires) {
				t.Fatalf("%+v, %v", made, err)
			}
			links, err = c.Look(t.Context())
			now := links.ServerTime(local())
			current, _ := links.Current(now)
			if err != nil || current.Secret != made.Secret || current.Status(now) != model.StatusActive || len(links.Leftovers(now)) != 0 {
				t.Errorf("%+v, %v", current, err)
			}
			if _, _, err := c.CreateLink(t.Context(), "default", expires); err == nil {
				t.Error("a second link was made")
			}
			links, made, err = c.Rotate(t.Context(), model.Rotation{Old: []model.Token{current}, Name: "default", ExpiresAt: expires}, func(model.StepReport) {})
			if live := links.Live(links.ServerTime(local())); err != nil || len(live) != 1 || live[0].Secret != made.Secret {
				t.Errorf("%d live, %v", len(live), err)
			}
			gone, _ := links.Find(current.Secret)
			if _, err := c.RestoreLink(t.Context(), gone, nil); err == nil {
				t.Error("a link was restored beside a live one")
			}
		})
	}
}

// undated is a transport that takes the Date from each answer.
type undated struct{ http.RoundTripper }

func (u undated) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := u.RoundTripper.RoundTrip(r)
	if err == nil {
		resp.Header.Del("Date")
	}
	return resp, err
}

func TestWithoutADateTheLocalClockHolds(t *testing.T) {
	server := demo.New(demo.Options{})
	t.Cleanup(server.Close)
	c, err := client.New(server.URL(), demo.AdminToken, client.WithTransport(undated{server.Transport()}),
		client.WithClock(func() time.Time { return time.Now().Add(-day) }))
	if err != nil {
		t.Fatal(err)
	}
	if links, err := c.Look(t.Context()); err != nil || links.ClockDifference != 0 {
		t.Errorf("%s, %v", links.ClockDifference, err)
	}
}
