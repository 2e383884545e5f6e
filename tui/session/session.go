package session

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
)

// Options hold what a session begins with.
type Options struct {
	Instance Instance
	// ReadOnly turns every write off, whatever the instance's mark.
	ReadOnly bool
	Now      func() time.Time
	After    After
	// Changed is called when the links are new.
	Changed func() tea.Cmd
	// Arrived is called when writes whose answers were lost were carried out after all, with their links.
	Arrived func([]model.Token) tea.Cmd
	// Limited is called when the limit of a link ended, or could not be kept.
	Limited func(text string, failed bool) tea.Cmd
	// Joined is called when people joined since the look before, with the latest first.
	Joined func([]model.JoinedAccount) tea.Cmd
}

// Session is the work on one instance, and what its server said last. Its methods run in the update loop alone;
// commands get copies of what they need. Going to another instance replaces it as a whole.
type Session struct {
	Instance Instance
	Links    model.Links
	User     model.User
	Server   model.Server
	// Err is why the last look failed, wholly or in part.
	Err error

	readOnly bool
	now      func() time.Time
	after    After
	changed  func() tea.Cmd

	// attentive reports that what is true now is about to matter.
	attentive bool

	look     look
	judging  judging
	identity identity
	people   people
	writing  writing
	sent     Sent
	// lifted reports that maintenance mode was switched off here.
	lifted bool
	// deleted are the secrets of the links that were deleted here, as far as is known, the last one last.
	deleted []string
	// together are those that the last write deleted.
	together []string
	// pending are the writes that may still arrive at the server; unsettled is until when the last one is in doubt.
	pending   []model.Write
	unsettled time.Time
	arrived   func([]model.Token) tea.Cmd
	joined    func([]model.JoinedAccount) tea.Cmd
	// limit is the limit of a link.
	limit   limit
	limited func(text string, failed bool) tea.Cmd
}

// New returns a session that has asked nothing yet.
func New(o Options) *Session {
	return &Session{
		Instance: o.Instance, readOnly: o.ReadOnly, now: o.Now, after: o.After, changed: o.Changed, arrived: o.Arrived,
		joined: o.Joined, limited: o.Limited,
		people: people{all: &People{}},
	}
}

// Connected reports whether there is an instance to work on.
func (s *Session) Connected() bool { return s.Instance.API != nil }

// Known reports whether the links are known, however old.
func (s *Session) Known() bool { return !s.Links.FetchedAt.IsZero() }

// Current is the link that Unleash's users would call the invite link.
func (s *Session) Current() (model.Token, bool) { return s.Links.Current(s.Links.ServerTime(s.now())) }

// Slow reports whether something has been awaited for a while.
func (s *Session) Slow() bool { return s.look.Slow() || s.writing.Slow() }

// Leave ends all that is asked.
func (s *Session) Leave() {
	for _, r := range []*Request{
		&s.look.Request, &s.look.pause, &s.look.aging, &s.judging.Request, &s.identity.Request, &s.people.meeting, &s.people.asking,
	} {
		r.Drop()
	}
}

// WhyAllReadOnly is why nothing can be written on any instance, or empty.
func (s *Session) WhyAllReadOnly() string {
	if s.readOnly {
		return "This session is read-only: start without --read-only to change links."
	}
	return ""
}

// WhyReadOnly is why nothing can be written, or empty.
func (s *Session) WhyReadOnly() string {
	switch {
	case s.readOnly:
		return s.WhyAllReadOnly()
	case s.Instance.ReadOnly:
		return `The profile "` + s.Instance.Profile + `" is read-only: its links can't be changed here.`
	}
	return ""
}

// Undone is the link that an undo brings back: the one that was deleted last, here.
func (s *Session) Undone() (model.Token, bool) {
	for _, secret := range slices.Backward(s.deleted) {
		if t, ok := s.Links.Find(secret); ok && !t.Enabled {
			return t, true
		}
	}
	return model.Token{}, false
}

// UndoneTogether are the link that an undo brings back and, after a rotation of several, the others that went with it.
func (s *Session) UndoneTogether() []model.Token {
	last, ok := s.Undone()
	if !ok {
		return nil
	}
	all := []model.Token{last}
	if !slices.Contains(s.together, last.Secret) {
		return all
	}
	for _, secret := range slices.Backward(s.together) {
		if t, ok := s.Links.Find(secret); ok && !t.Enabled && secret != last.Secret {
			all = append(all, t)
		}
	}
	return all
}

// noteDeleted records which links the write that is over was to delete, if it came so far that it sent anything.
func (s *Session) noteDeleted(secrets []string) {
	sent := slices.ContainsFunc(s.sent.Requests(), func(r model.Request) bool { return r.Body != "" }) // as all writes have
	if sent {
		s.deleted = append(slices.Clone(s.deleted), secrets...)
		if len(secrets) > 0 {
			s.together = secrets
		}
	}
}

// WrittenElsewhere records that links were written without the session, which were to be deleted, the current one first,
// and the one that was made.
func (s *Session) WrittenElsewhere(deletes []model.Token, made model.Token, err error) tea.Cmd {
	var secrets []string
	for _, t := range slices.Backward(deletes) {
		secrets = append(secrets, t.Secret)
	}
	s.deleted, s.together = append(slices.Clone(s.deleted), secrets...), secrets
	s.pending = model.MadeOtherwise(s.pending, made.Secret)
	s.notePending(err)
	return s.RefreshNow()
}

// forgetRestored forgets the links that are enabled after a write, now that this is known; not those whose deletion
// may still arrive.
func (s *Session) forgetRestored() {
	s.deleted = slices.DeleteFunc(slices.Clone(s.deleted), func(secret string) bool {
		t, ok := s.Links.Find(secret)
		return ok && t.Enabled && !slices.ContainsFunc(s.pending, func(w model.Write) bool {
			return w.Kind == model.Deletion && w.Token.Secret == secret
		})
	})
}

// Remembered records that the instance is a profile now, with its marks.
func (s *Session) Remembered(as Remembering) {
	s.Instance.Profile, s.Instance.Production, s.Instance.ReadOnly = as.Name, as.Production, as.ReadOnly
}
