package client

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"unleash-invite/model"
)

// Each operation takes few round trips one after the other, in the time of a line on which each takes a second.
func TestRoundTrips(t *testing.T) {
	rotation := func(ctx context.Context, c *Client, links model.Links) error {
		_, _, err := c.Rotate(ctx, model.Rotation{Old: links.Live(time.Now()), Name: "default", ExpiresAt: stamp(8)}, func(model.StepReport) {})
		return err
	}
	one := func() []fakeToken { return []fakeToken{fakeLink("old", "default", 7, true)} }
	deleted := func() []fakeToken { return []fakeToken{fakeLink("old", "default", 7, false)} }
	expired := func() []fakeToken { return []fakeToken{fakeLink("old", "default", -7, true)} }
	five := func() []fakeToken {
		all := one()
		for _, name := range []string{"a", "b", "c", "d"} {
			all = append(all, fakeLink(name, name, 7, true))
		}
		return all
	}
	tests := map[string]struct {
		tokens           func() []fakeToken
		do               func(context.Context, *Client, model.Links) error
		checked, unasked int // with the look of the question, and without
	}{
		"delete": {one, func(ctx context.Context, c *Client, links model.Links) error {
			_, err := c.DeleteLink(ctx, links.Tokens[0])
			return err
		}, 2, 3},
		"restore": {deleted, func(ctx context.Context, c *Client, links model.Links) error {
			_, err := c.RestoreLink(ctx, links.Tokens[0], nil)
			return err
		}, 2, 3},
		"edit": {one, func(ctx context.Context, c *Client, links model.Links) error {
			_, err := c.ChangeExpiry(ctx, links.Tokens[0], stamp(3))
			return err
		}, 2, 3},
		"create": {deleted, func(ctx context.Context, c *Client, _ model.Links) error {
			_, _, err := c.CreateLink(ctx, "default", stamp(3))
			return err
		}, 2, 3},
		"create over a leftover": {expired, func(ctx context.Context, c *Client, _ model.Links) error {
			_, _, err := c.CreateLink(ctx, "default", stamp(3))
			return err
		}, 3, 5},
		"rotate one":  {one, rotation, 4, 6},
		"rotate five": {five, rotation, 4, 6},
		"look again": {five, func(ctx context.Context, c *Client, links model.Links) error {
			_, err := c.LookAgain(ctx, links)
			return err
		}, 1, 1},
	}
	for name, test := range tests {
		for _, checked := range []bool{true, false} {
			synctest.Test(t, func(t *testing.T) {
				w, c := startWires(test.tokens()...)
				w.trip = 0
				links, err := c.Look(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				ctx, want := t.Context(), test.unasked
				if checked {
					ctx, want = c.Checked(ctx, links), test.checked
				}
				w.trip = time.Second
				began := time.Now()
				if err := test.do(ctx, c, links); err != nil {
					t.Errorf("%s: %v", name, err)
				}
				if took := time.Since(began); took != time.Duration(want)*time.Second {
					t.Errorf("%s, looked at before %v: %v round trips, want %d", name, checked, took.Seconds(), want)
				}
			})
		}
	}
}

// A look that is too old, or of which a verdict is missing, is no check.
func TestCheckedIsFresh(t *testing.T) {
	for _, age := range []time.Duration{999 * time.Millisecond, time.Second, -time.Second} {
		synctest.Test(t, func(t *testing.T) {
			w, c := startWires(fakeLink("old", "default", 7, true))
			shown, err := c.Look(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			shown.FetchedAt = time.Now().Add(-age)
			w.tokens[0].Enabled = false // by somebody else, since
			_, err = c.DeleteLink(c.Checked(t.Context(), shown), shown.Tokens[0])
			if fresh := age == 999*time.Millisecond; (err == nil) != fresh || err != nil && asError(t, err).Kind != KindChanged {
				t.Errorf("%v old: %v", age, err)
			}
			listed, err := c.List(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			listed.Tokens[0].Enabled = true
			if _, ok := c.checked(c.Checked(t.Context(), listed)); ok {
				t.Error("links without verdicts were taken for a check")
			}
		})
	}
}
