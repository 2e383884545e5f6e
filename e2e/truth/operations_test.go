package truth

import (
	"context"
	"net/http"
	"regexp"
	"time"

	"unleash-invite/client"
	"unleash-invite/model"
)

// operation is what somebody does on the status screen, by keys.
type operation struct {
	name string
	keys []string
	// again are pressed by somebody who is impatient, a second after each other.
	again []string
	// live reports whether the link is live before.
	live bool
	// holds is the method of the write that may be late.
	holds string
	// done reports whether the server shows that it was done to the link.
	done func(links model.Links, was model.Token) bool
	// denied is how the screen says that it was not done.
	denied *regexp.Regexp
	// other has somebody else do it, in place of the keys.
	other func(context.Context, *client.Client, model.Token) error
}

func operations() []operation {
	enabled := func(want bool) func(model.Links, model.Token) bool {
		return func(links model.Links, was model.Token) bool {
			now, _ := links.Find(was.Secret)
			return now.Enabled == want
		}
	}
	made := func(links model.Links, was model.Token) bool {
		for _, t := range links.Tokens {
			if t.Secret != was.Secret && t.Live(time.Now()) {
				return lasts(t, 7) || was.Enabled // a rotation keeps the lifetime
			}
		}
		return false
	}
	dated := func(links model.Links, was model.Token) bool {
		now, _ := links.Find(was.Secret)
		return lasts(now, 2)
	}
	was := func(what string) *regexp.Regexp { return regexp.MustCompile(`link was not ` + what) }
	return []operation{
		{"create", []string{"n", "enter"}, []string{"esc", "n", "enter"}, false, http.MethodPost, made, was("created"), nil},
		{"edit", []string{"e", "enter"}, nil, true, http.MethodPut, dated, was("re-dated"), nil},
		{"delete", []string{"d", "y"}, nil, true, http.MethodPut, enabled(false), was("deleted"), nil},
		{"restore", []string{"l", "u"}, []string{"u"}, false, http.MethodPut, enabled(true), was("restored"), nil},
		{"rotate", []string{"r", "y"}, []string{"u"}, true, http.MethodPost, made, was("created"), nil},
		{"somebody else ends it", nil, nil, true, http.MethodPut, ended, was("re-dated"), endToday},
		{"undo", []string{"d", "y", "wait", "u"}, []string{"u"}, true, http.MethodPut, enabled(true), was("restored"), nil},
	}
}

// endToday has the server refuse a link from now on, although its expiry is ahead.
func endToday(ctx context.Context, c *client.Client, t model.Token) error {
	return c.SetExpiry(ctx, t.Secret, time.Now().Truncate(24*time.Hour).Add(24*time.Hour-time.Millisecond))
}

func ended(links model.Links, was model.Token) bool {
	now, _ := links.Find(was.Secret)
	return now.Verdict == model.Rejected
}

// lasts reports whether a link works for so many days, by the server's clock, and at most one more.
func lasts(t model.Token, days int) bool {
	least := time.Duration(days) * 24 * time.Hour
	left := time.Until(t.StopsAt())
	return left > least-time.Minute && left <= least+24*time.Hour
}
