package weather

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Sky is the weather of one run, where it is a matter of requests: caches, late lists, late and doubled writes.
type Sky struct {
	Weather
	next http.RoundTripper
	// holds is the method whose first request is held.
	holds   string
	release chan struct{}
	arrived sync.WaitGroup

	mu      sync.Mutex
	held    bool
	written bool
	kept    map[string]reply   // by path, before the first write
	lists   map[string][]reply // by path, once they were asked for
}

// NewSky sends requests to next through the weather. Of those with the method, the first is held where writes are late,
// also until Release.
func NewSky(w Weather, next http.RoundTripper, holds string) *Sky {
	return &Sky{Weather: w, next: next, holds: holds, release: make(chan struct{}), kept: map[string]reply{}, lists: map[string][]reply{}}
}

// Release lets the write arrive that is held, in its time.
func (s *Sky) Release() { close(s.release) }

// Wait waits until all has arrived.
func (s *Sky) Wait() { s.arrived.Wait() }

// reply is an answer that was kept.
type reply struct {
	at     time.Time
	status int
	header http.Header
	body   []byte
}

func (r reply) response(req *http.Request, age string) *http.Response {
	h := r.header.Clone()
	if age != "" {
		h.Set("Age", age)
	}
	return &http.Response{
		StatusCode: r.status, Header: h, Request: req, ProtoMajor: 1, ProtoMinor: 1,
		Body: io.NopCloser(bytes.NewReader(r.body)), ContentLength: int64(len(r.body)),
	}
}

// RoundTrip implements http.RoundTripper.
func (s *Sky) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Method == http.MethodGet {
		return s.read(req)
	}
	content, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	send := func() (reply, error) {
		again := req.Clone(context.WithoutCancel(req.Context()))
		again.Body = io.NopCloser(bytes.NewReader(content))
		return s.ask(again)
	}
	s.mu.Lock()
	s.written = true
	hold := s.Hold > 0 && !s.held && req.Method == s.holds
	s.held = s.held || hold
	s.mu.Unlock()
	if hold {
		s.arrived.Go(func() {
			time.Sleep(s.Hold)
			<-s.release
			_, _ = send()
		})
		return nil, errors.New("connection reset by peer")
	}
	answer, err := send()
	if err == nil && s.Twice {
		_, err = send()
	}
	if err != nil {
		return nil, err
	}
	s.noteAll(req)
	return answer.response(req, ""), nil
}

// read answers a GET as the weather is.
func (s *Sky) read(req *http.Request) (*http.Response, error) {
	s.mu.Lock()
	kept, known := s.kept[req.URL.Path]
	stale := s.written && s.keeps(req.URL.Path)
	s.mu.Unlock()
	switch {
	case stale && known:
		return kept.response(req, "40"), nil
	case stale: // even what it has not kept is answered with an old list
		answer, err := s.ask(req)
		return answer.response(req, "40"), err
	case s.Late > 0 && isList(req.URL.Path):
		return s.past(req, time.Now().Add(-s.Late)).response(req, ""), nil
	}
	answer, err := s.ask(req)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.written {
		s.kept[req.URL.Path] = answer
	}
	return answer.response(req, ""), nil
}

// past is the list as it was then, or the first that was asked for.
func (s *Sky) past(req *http.Request, then time.Time) reply {
	s.mu.Lock()
	_, known := s.lists[req.URL.Path]
	s.mu.Unlock()
	if !known {
		s.note(req)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.lists[req.URL.Path]
	at := len(all) - 1
	for at > 0 && all[at].at.After(then) {
		at--
	}
	return all[at]
}

// noteAll keeps every list that was asked for as it is now.
func (s *Sky) noteAll(like *http.Request) {
	s.mu.Lock()
	paths := slices.Collect(maps.Keys(s.lists))
	s.mu.Unlock()
	for _, path := range paths {
		req := like.Clone(like.Context())
		req.Method, req.Body, req.ContentLength, req.URL.Path = http.MethodGet, http.NoBody, 0, path
		s.note(req)
	}
}

// note keeps a list as it is now.
func (s *Sky) note(req *http.Request) {
	answer, err := s.ask(req)
	if err != nil {
		return
	}
	answer.header.Del("ETag")
	answer.header.Del("Date") // which a replica does not keep, either
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lists[req.URL.Path] = append(s.lists[req.URL.Path], answer)
}

// ask asks the server.
func (s *Sky) ask(req *http.Request) (reply, error) {
	resp, err := s.next.RoundTrip(req)
	if err != nil {
		return reply{}, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return reply{time.Now(), resp.StatusCode, resp.Header, body}, err
}
