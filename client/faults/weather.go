package faults

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// weather holds what stands between a client and a server that is well: a cache, a replica, a line
// or a proxy that delivers late or twice.
type weather struct {
	name string
	// cached is how the path of reads ends that a cache answers, from the first write on, with what was true before.
	cached string
	// late is how far lists are behind.
	late time.Duration
	// hold is how late a write arrives, whose answer is lost.
	hold time.Duration
	// twice sends each write two times.
	twice bool
	// settle is how long the client looks for what the server said it did.
	settle time.Duration
}

const listed, validated = "/tokens", "/validate"

func allWeather() []weather {
	all := []weather{
		{name: "cached verdict", cached: validated}, {name: "cached list", cached: listed}, {name: "doubled write", twice: true},
	}
	for _, late := range []time.Duration{400 * time.Millisecond, 1200 * time.Millisecond, 3 * time.Second} {
		all = append(all, weather{name: fmt.Sprint("list late by ", late), late: late})
	}
	for _, hold := range []time.Duration{3 * time.Second, 6 * time.Second} {
		all = append(all, weather{name: fmt.Sprint("write late by ", hold), hold: hold})
	}
	return all
}

// sky is the weather of one run.
type sky struct {
	weather
	next http.RoundTripper
	// holds is the method whose first request is held.
	holds   string
	release chan struct{}
	arrived sync.WaitGroup

	mu      sync.Mutex
	held    bool
	written bool
	kept    map[string]reply // by path, before the first write
	lists   []reply
}

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
func (s *sky) RoundTrip(req *http.Request) (*http.Response, error) {
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
	hold := s.hold > 0 && !s.held && req.Method == s.holds
	s.held = s.held || hold
	s.mu.Unlock()
	if hold {
		s.arrived.Go(func() {
			time.Sleep(s.hold)
			<-s.release
			_, _ = send()
		})
		return nil, errors.New("connection reset by peer")
	}
	answer, err := send()
	if err == nil && s.twice {
		_, err = send()
	}
	if err != nil {
		return nil, err
	}
	s.note(req)
	return answer.response(req, ""), nil
}

// read answers a GET as the weather is.
func (s *sky) read(req *http.Request) (*http.Response, error) {
	s.mu.Lock()
	kept, known := s.kept[req.URL.Path]
	stale := s.written && s.cached != "" && strings.HasSuffix(req.URL.Path, s.cached)
	s.mu.Unlock()
	switch {
	case stale && known:
		return kept.response(req, "40"), nil
	case stale: // of what it has not kept it has not an answer of its own, but an old one all the same
		answer, err := s.ask(req)
		return answer.response(req, "40"), err
	case s.late > 0 && strings.HasSuffix(req.URL.Path, listed):
		return s.past(time.Now().Add(-s.late)).response(req, ""), nil
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

// past is the list as it was then.
func (s *sky) past(then time.Time) reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := len(s.lists) - 1
	for at > 0 && s.lists[at].at.After(then) {
		at--
	}
	return s.lists[at]
}

// note keeps the list as it is now.
func (s *sky) note(like *http.Request) {
	if s.late == 0 {
		return
	}
	req := like.Clone(like.Context())
	before, _, _ := strings.Cut(req.URL.Path, listed)
	req.Method, req.Body, req.ContentLength, req.URL.Path = http.MethodGet, nil, 0, before+listed
	answer, err := s.ask(req)
	if err != nil {
		return
	}
	answer.header.Del("ETag")
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lists = append(s.lists, answer)
}

// ask asks the server.
func (s *sky) ask(req *http.Request) (reply, error) {
	resp, err := s.next.RoundTrip(req)
	if err != nil {
		return reply{}, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return reply{time.Now(), resp.StatusCode, resp.Header, body}, err
}
