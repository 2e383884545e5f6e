package client

import (
	"context"
	"maps"
	"slices"
	"time"

	"unleash-invite/model"
	"unleash-invite/parallel"
)

// Looking every few seconds at thousands of live links would ask more than a server, or what stands
// in front of it, puts up with. So all but the current one are asked about in turn. Meanwhile their last
// verdicts stand, each with its time, until the link changes or comes to its end.

// LookInTurn is LookAgain with few requests: it asks about the current link, about so many others,
// those first that were asked about the longest ago, and about as many new ones at most. The rest
// keep the verdicts that are known, see model.Token.AskedAt.
func (c *Client) LookInTurn(ctx context.Context, known model.Links, others int) (links model.Links, err error) {
	ctx = unrecorded(ctx)
	began, had, turn := c.now().Round(0), verdicts{}, verdicts{}
	known = c.lapsed(known)
	current, _ := known.Current(c.serverNow())
	parallel.Run(
		func() { links, _, err = c.list(ctx) },
		func() { c.ask(ctx, c.open(model.Links{Tokens: []model.Token{current}}), had) },
		func() { c.ask(lightly(ctx), c.turn(known, current.Secret, others), turn) },
	)
	if err != nil {
		return model.Links{}, err
	}
	c.tried(turn)
	maps.Copy(had, turn)
	c.ask(lightly(ctx), c.standing(links, known, current.Secret, had, others), had)
	looked, err := c.judge(links, had)
	current, _ = looked.Current(c.serverNow())
	if undecided(&current, c.latestCertain()) && current.AskedAt.Before(began) { // it became the current one by this list
		delete(had, current.Secret)
		c.ask(ctx, []string{current.Secret}, had)
		looked, err = c.judge(links, had)
	}
	return looked, err
}

// lapsed are the links without the verdicts that were given before a link's end and are looked at after it.
func (c *Client) lapsed(links model.Links) model.Links {
	links.Tokens = slices.Clone(links.Tokens)
	now := c.serverNow()
	for i := range links.Tokens {
		t := &links.Tokens[i]
		if stops := t.StopsAt(); links.ServerTime(t.AskedAt).Before(stops) && !now.Before(stops) {
			t.Verdict, t.AskedAt = model.Unverified, time.Time{}
		}
	}
	return links
}

// turn are the secrets of those links beside the current one whose turn it is.
func (c *Client) turn(links model.Links, current string, others int) []string {
	type place struct {
		secret string
		since  time.Time
	}
	var waiting []place
	now := c.latestCertain()
	c.mu.Lock()
	for i := range links.Tokens {
		t := &links.Tokens[i]
		if t.Secret == current || !undecided(t, now) {
			continue
		}
		since := t.AskedAt
		if in := c.inVain[t.Secret]; in.After(since) {
			since = in
		}
		waiting = append(waiting, place{t.Secret, since})
	}
	c.mu.Unlock()
	slices.SortStableFunc(waiting, func(a, b place) int { return a.since.Compare(b.since) })
	secrets := make([]string, 0, others)
	for _, p := range waiting[:min(others, len(waiting))] {
		secrets = append(secrets, p.secret)
	}
	return secrets
}

// tried notes which links were asked about in vain, so that others come first the next time.
func (c *Client) tried(turn verdicts) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for secret, said := range turn {
		delete(c.inVain, secret)
		if said.err != nil {
			c.inVain[secret] = said.at
		}
	}
}

// standing adds to the verdicts that were had those that stand, and returns the secrets of links that are new
// or changed, so many at most.
func (c *Client) standing(links, known model.Links, current string, had verdicts, most int) (fresh []string) {
	before := make(map[string]*model.Token, len(known.Tokens))
	for i := range known.Tokens {
		before[known.Tokens[i].Secret] = &known.Tokens[i]
	}
	now := c.latestCertain()
	for i := range links.Tokens {
		t := &links.Tokens[i]
		old := before[t.Secret]
		same := old != nil && old.Enabled == t.Enabled && old.ExpiresAt.Equal(t.ExpiresAt)
		answer, asked := had[t.Secret]
		switch {
		case asked && answer.err == nil, asked && t.Secret == current:
		case same: // where it was asked about in vain, the last word stands, too
			had[t.Secret] = said{verdict: old.Verdict, at: old.AskedAt, err: answer.err}
		case !asked && undecided(t, now) && len(fresh) < most:
			fresh = append(fresh, t.Secret)
		}
	}
	return fresh
}
