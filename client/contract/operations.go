package contract

import (
	"errors"
	"testing"

	"unleash-invite/client"
	"unleash-invite/model"
)

// find returns a token of what an operation left on the server.
func find(t *testing.T, links model.Links, err error, secret string) model.Token {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	got, ok := links.Find(secret)
	if !ok {
		t.Fatalf("%s is not among %v", secret, links.Tokens)
	}
	return got
}

func lookVerifies(t *testing.T, s *suite) {
	alive, over := s.live(t), s.make(t, unique(), s.today(t).AddDate(0, 0, 1).Add(-1))
	links, err := s.admin.Look(t.Context())
	if got := find(t, links, err, alive.Secret); got.Verdict != model.Accepted {
		t.Errorf("the live one: %+v", got)
	}
	if got := find(t, links, err, over.Secret); got.Live(s.now(t)) {
		t.Errorf("the one that is over: %+v", got)
	}
	listed, err := s.admin.List(t.Context())
	find(t, listed, err, alive.Secret)
	verified, err := s.admin.Verify(t.Context(), listed)
	if got := find(t, verified, err, alive.Secret); got.Verdict != model.Accepted {
		t.Errorf("listed and verified: %+v", got)
	}
}

func createLink(t *testing.T, s *suite) {
	s.setAside(t)
	leftover := s.make(t, model.DefaultName, s.today(t).AddDate(0, 0, -2))
	expiresAt := s.today(t).AddDate(0, 0, 7)
	links, made, err := s.admin.CreateLink(t.Context(), model.DefaultName, expiresAt)
	if err != nil {
		t.Fatal(err)
	}
	s.deleteAfter(t, made.Secret)
	got := find(t, links, err, made.Secret)
	if got.Verdict != model.Accepted || got.Name != model.DefaultName || !got.ExpiresAt.Equal(expiresAt) {
		t.Errorf("made %+v", got)
	}
	if current, ok := links.Current(s.now(t)); !ok || current.Secret != made.Secret {
		t.Errorf("the current link is %+v, want the new one", current)
	}
	if s.fetch(t, leftover.Secret).Enabled || find(t, links, err, leftover.Secret).Enabled {
		t.Error("the leftover is still enabled")
	}
}

func createLinkInTheWay(t *testing.T, s *suite) {
	s.live(t)
	before := len(s.list(t))
	_, _, err := s.admin.CreateLink(t.Context(), model.DefaultName, s.today(t).AddDate(0, 0, 7))
	var e *client.Error
	if !errors.As(err, &e) || e.Kind != client.KindInTheWay {
		t.Errorf("%#v (%v), want a link in the way", e, err)
	}
	if after := len(s.list(t)); after != before {
		t.Errorf("%d tokens were made", after-before)
	}
}

func changeExpiry(t *testing.T, s *suite) {
	made := s.live(t)
	shown, err := s.admin.Token(t.Context(), made.Secret)
	if err != nil {
		t.Fatal(err)
	}
	expiresAt := s.today(t).AddDate(0, 0, 12)
	links, err := s.admin.ChangeExpiry(t.Context(), shown, expiresAt)
	if got := find(t, links, err, made.Secret); !got.ExpiresAt.Equal(expiresAt) || got.Verdict != model.Accepted {
		t.Errorf("changed to %+v", got)
	}
	if got := s.fetch(t, made.Secret).ExpiresAt; !got.Equal(expiresAt) {
		t.Errorf("the server has %s, want %s", got, expiresAt)
	}
}

func deleteAndRestoreLink(t *testing.T, s *suite) {
	made := s.live(t)
	s.join(t, made.Secret, "Ann Smith")
	shown, err := s.admin.Token(t.Context(), made.Secret)
	if err != nil {
		t.Fatal(err)
	}
	links, err := s.admin.DeleteLink(t.Context(), shown)
	gone := find(t, links, err, made.Secret)
	if gone.Enabled || gone.Live(s.now(t)) || len(gone.Joined) != 1 {
		t.Errorf("deleted: %+v", gone)
	}
	s.wantVerdict(t, made.Secret, model.Rejected)
	links, err = s.admin.RestoreLink(t.Context(), gone, links.Live(s.now(t)))
	if back := find(t, links, err, made.Secret); !back.Enabled || back.Verdict != model.Accepted || len(back.Joined) != 1 {
		t.Errorf("restored: %+v", back)
	}
}

func rotateLink(t *testing.T, s *suite) {
	s.setAside(t)
	name := unique()
	old, leftover := s.make(t, name, s.today(t).AddDate(0, 0, 7)), s.make(t, model.DefaultName, s.today(t).AddDate(0, 0, -2))
	s.join(t, old.Secret, "Ann Smith")
	shown, err := s.admin.Token(t.Context(), old.Secret)
	if err != nil {
		t.Fatal(err)
	}
	wish := model.Rotation{Old: []model.Token{shown}, Name: model.DefaultName, ExpiresAt: s.today(t).AddDate(0, 0, 7)}
	links, made, err := s.admin.Rotate(t.Context(), wish, func(model.StepReport) {})
	if err != nil {
		t.Fatal(err)
	}
	s.deleteAfter(t, made.Secret)
	got := find(t, links, err, made.Secret)
	if got.Verdict != model.Accepted || got.Name != model.DefaultName || !got.ExpiresAt.Equal(wish.ExpiresAt) {
		t.Errorf("made %+v", got)
	}
	if live := links.Live(s.now(t)); len(live) != 1 {
		t.Errorf("live %+v", live)
	}
	if gone := find(t, links, err, old.Secret); gone.Enabled || len(gone.Joined) != 1 || find(t, links, err, leftover.Secret).Enabled {
		t.Errorf("the old one: %+v", gone)
	}
	s.wantVerdict(t, old.Secret, model.Rejected)
	s.wantVerdict(t, made.Secret, model.Accepted)
	var e *client.Error
	if _, _, err := s.admin.Rotate(t.Context(), wish, func(model.StepReport) {}); !errors.As(err, &e) || e.Kind != client.KindChanged {
		t.Errorf("the same again: %v, want that it was changed", err)
	}
}
