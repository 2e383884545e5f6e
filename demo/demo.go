// Package demo is an Unleash server in memory: the invite links of Unleash
// 8.2.0 with all their surprises, for --demo and for tests. It shares no code
// with package client, so that a misreading of the protocol in one shows.
package demo

import (
	"cmp"
	"crypto/rand"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// Origin is the scheme and host that a demo server believes to live at. The
	// name can't exist in DNS; only [Server.Transport] leads there.
	Origin = "https://flags.demo.example"
	// Version is the Unleash release that the package copies.
	Version = "8.2.0"
	// AdminToken is the personal access token of the user "admin".
	AdminToken = "user:demo-admin"
	// ViewerToken is the personal access token of a user who is no Admin.
	ViewerToken = "user:demo-viewer"
	// ClientToken is an API token for SDKs, which the Admin API refuses.
	ClientToken = "*:development.demo-client"
)

// Options say what kind of server New makes. The zero value is an instance at
// the root of its host on which nobody ever made a link.
type Options struct {
	// Now is the server's clock; nil means time.Now.
	Now func() time.Time
	// BasePath is the path that the instance lives under, such as "/some/path".
	BasePath string
	// Random is the source of secrets; nil means crypto/rand. A repeatable one
	// makes repeatable links.
	Random io.Reader
	// Links are those the instance has from the start, oldest first, see [Sample].
	Links []Link
	// Version is the release that the instance reports; empty means [Version]. One of Unleash 4 to
	// 6 also gives its events to everyone, as those do.
	Version string
	// Guests are people who will sign up; nobody does by default.
	Guests Guests
}

// Server is an Unleash instance. It serves HTTP, and any number of goroutines
// may use it at once.
type Server struct {
	now      func() time.Time
	basePath string
	version  string
	store    *store
	limit    rateLimit
	// maintenance mode refuses writes.
	maintenance atomic.Bool
	// passwordsOff refuses log-ins, but no sign-ups.
	passwordsOff atomic.Bool
	signIns      *signIns
	door         *door
	routes       http.Handler

	startOnce sync.Once
	listener  *pipeListener
	http      *http.Server
}

// New makes a server. Close it when Transport was used.
func New(o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	s := &Server{now: o.Now, version: cmp.Or(o.Version, Version), listener: newPipeListener(), signIns: newSignIns()}
	if trimmed := strings.Trim(o.BasePath, "/"); trimmed != "" {
		s.basePath = "/" + trimmed
	}
	s.store = newStore(s.URL(), o.Random, seedAccounts(o.Now()))
	s.store.seed(o.Links, o.Now())
	s.door = newDoor(o.Guests, o.Now())
	s.routes = s.newRoutes()
	s.http = s.newHTTPServer()
	return s
}

// URL is the instance's base URL, its path included and without a slash at the end.
func (s *Server) URL() string { return Origin + s.basePath }
