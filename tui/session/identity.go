package session

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/parallel"
)

// identifyEvery is how often the server is asked what it is: whether people can log in by password there may change.
const identifyEvery = time.Minute

// identity is the state of asking who we are and what the server is.
type identity struct {
	Request
	at time.Time // when it was last answered
}

// identify asks who we are, until it is known, and what the server is. A failure is silent: the list's own error tells.
func (s *Session) identify() tea.Cmd {
	known := s.User.Name != "" && s.Server.Version != ""
	if s.identity.Running() || known && s.now().Sub(s.identity.at) < identifyEvery {
		return nil
	}
	api, user := s.Instance.API, s.User
	return s.identity.ask(s.identity.begin(), func(context.Context) Take {
		var server model.Server
		parallel.Run(
			func() {
				if user.Name == "" {
					user, _ = api.WhoAmI(context.Background())
				}
			},
			func() { server, _ = api.Server(context.Background()) },
		)
		return func() tea.Cmd { s.identified(user, server); return nil }
	})
}

func (s *Session) identified(user model.User, server model.Server) {
	s.identity.at = s.now()
	if user.Name != "" {
		s.User = user
	}
	if server.Version != "" {
		s.Server = server
	}
}

// MaintenanceSet records that maintenance mode was switched on or off here.
func (s *Session) MaintenanceSet(on bool) { s.Server.Maintenance, s.lifted = on, !on }

// MaintenanceLifted reports whether it was switched off here, and not on again since.
func (s *Session) MaintenanceLifted() bool { return s.lifted && !s.Server.Maintenance }

// learnMaintenance records that a write was refused because of it.
func (s *Session) learnMaintenance(err error) {
	var e interface{ Maintenance() bool }
	if errors.As(err, &e) && e.Maintenance() {
		s.Server.Maintenance = true
	}
}

// TokenRefused reports whether the server refused the token when it was last asked.
func (s *Session) TokenRefused() bool {
	var e interface{ TokenRefused() bool }
	return errors.As(s.Err, &e) && e.TokenRefused()
}

// SignedIn records who we are and what the server is, from a sign-in.
func (s *Session) SignedIn(user model.User, server model.Server) { s.User, s.Server = user, server }
