package faults

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"unleash-invite/client"
	"unleash-invite/model"
)

// result is the return of an operation of the client.
type result struct {
	links model.Links
	made  model.Token
	err   error
}

// operation is a write of the program on a server with one link.
type operation struct {
	name string
	// live reports whether the link is live before.
	live  bool
	steps []step
	do    func(context.Context, *client.Client, model.Token) result
	// done reports whether the server shows that it was done.
	done func(before, after model.Links, old model.Token) bool
}

func inDays(days int) time.Time { return time.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, days) }

// rotate is the wish to replace the links by a new one.
func rotate(ctx context.Context, c *client.Client, old ...model.Token) result {
	wish := model.Rotation{Old: old, Name: model.DefaultName, ExpiresAt: inDays(8)}
	links, made, err := c.Rotate(ctx, wish, func(model.StepReport) {})
	return result{links, made, err}
}

func rotation() operation {
	return operation{
		name: "rotate", live: true,
		steps: []step{
			{"look", list, 0}, {"delete", write, 0}, {"verify that it is refused", verdict, 1},
			{"create", write, 1}, {"fetch", list, 2}, {"verify that it is accepted", verdict, 2},
		},
		do: func(ctx context.Context, c *client.Client, old model.Token) result { return rotate(ctx, c, old) },
	}
}

func singleWrites() []operation {
	steps := []step{{"look", list, 0}, {"write", write, 0}, {"fetch", list, 1}, {"verify", verdict, 1}}
	return []operation{
		{"create", false, steps, func(ctx context.Context, c *client.Client, _ model.Token) result {
			links, made, err := c.CreateLink(ctx, model.DefaultName, inDays(8))
			return result{links, made, err}
		}, func(before, after model.Links, _ model.Token) bool { return len(after.Tokens) > len(before.Tokens) }},
		{"edit the expiry", true, steps, func(ctx context.Context, c *client.Client, old model.Token) result {
			links, err := c.ChangeExpiry(ctx, old, inDays(9))
			return result{links: links, err: err}
		}, func(_, after model.Links, old model.Token) bool { return find(after, old).ExpiresAt.Equal(inDays(9)) }},
		{"delete", true, steps[:3], func(ctx context.Context, c *client.Client, old model.Token) result {
			links, err := c.DeleteLink(ctx, old)
			return result{links: links, err: err}
		}, func(_, after model.Links, old model.Token) bool { return !find(after, old).Enabled }},
		{"restore", false, steps, func(ctx context.Context, c *client.Client, old model.Token) result {
			links, err := c.RestoreLink(ctx, old, nil)
			return result{links: links, err: err}
		}, func(_, after model.Links, old model.Token) bool { return find(after, old).Enabled }},
	}
}

func find(links model.Links, t model.Token) model.Token {
	found, _ := links.Find(t.Secret)
	return found
}

// arrange leaves so many live links on the server. It restores old ones, as every
// new one makes all lists longer.
func (l *line) arrange(t *testing.T, live int) model.Links {
	t.Helper()
	tokens := l.truth(t).Tokens
	for _, each := range tokens {
		if each.Enabled {
			l.must(t, l.direct.Delete(t.Context(), each.Secret))
		}
	}
	for i := range live {
		name := model.DefaultName
		if i > 0 {
			name = fmt.Sprint("Team ", i)
		}
		at := slices.IndexFunc(tokens, func(t model.Token) bool { return t.Name == name })
		if at < 0 {
			_, err := l.direct.Create(t.Context(), name, inDays(7))
			l.must(t, err)
			continue
		}
		l.must(t, l.direct.SetExpiry(t.Context(), tokens[at].Secret, inDays(7)))
		l.must(t, l.direct.Restore(t.Context(), tokens[at].Secret))
	}
	return l.truth(t)
}

// truth returns what the server holds.
func (l *line) truth(t *testing.T) model.Links {
	t.Helper()
	links, err := l.direct.Look(t.Context())
	l.must(t, err)
	return links
}

func (*line) must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("asking the server itself: %v", err)
	}
}
