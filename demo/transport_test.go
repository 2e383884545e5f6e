package demo_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"testing"
	"time"

	"unleash-invite/demo"
)

// ask gets a path and reports whether the connection was used before.
func ask(ctx context.Context, rt http.RoundTripper, path string) (body string, reused bool, err error) {
	trace := &httptrace.ClientTrace{GotConn: func(i httptrace.GotConnInfo) { reused = i.Reused }}
	r, err := http.NewRequestWithContext(httptrace.WithClientTrace(ctx, trace), http.MethodGet, demo.Origin+path, nil)
	if err != nil {
		return "", false, err
	}
	resp, err := rt.RoundTrip(r)
	if err != nil {
		return "", reused, err
	}
	defer func() { _ = resp.Body.Close() }()
	read, err := io.ReadAll(resp.Body)
	return string(read), reused, err
}

func TestTransportKeepsConnections(t *testing.T) {
	s := demo.New(demo.Options{})
	defer s.Close()
	rt := s.Transport()
	for i, wantReused := range []bool{false, true} {
		body, reused, err := ask(t.Context(), rt, "/health")
		if err != nil || body != `{"health":"GOOD"}` || reused != wantReused {
			t.Errorf("call %d: %q, reused %v, %v", i, body, reused, err)
		}
	}
}

func TestTransportObeysTheContext(t *testing.T) {
	var stopped atomic.Bool
	release := make(chan struct{})
	s := demo.New(demo.Options{Now: func() time.Time {
		if stopped.Load() {
			<-release
		}
		return time.Now()
	}})
	defer s.Close()
	defer close(release)
	stopped.Store(true)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, _, err := ask(ctx, s.Transport(), "/invite/x/validate"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("err = %v, want the deadline", err)
	}
}

func TestTransportReachesNoOtherHost(t *testing.T) {
	s := demo.New(demo.Options{})
	defer s.Close()
	client := &http.Client{Transport: s.Transport()}
	if resp, err := client.Get("http://127.0.0.1:4242/health"); err == nil {
		_ = resp.Body.Close()
		t.Error("another host answered")
	}
}

func TestClosedServerAnswersNobody(t *testing.T) {
	s := demo.New(demo.Options{})
	rt := s.Transport()
	if _, _, err := ask(t.Context(), rt, "/health"); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if _, _, err := ask(t.Context(), rt, "/health"); err == nil {
		t.Error("a closed server answered")
	}
	if _, _, err := ask(t.Context(), s.Transport(), "/health"); err == nil {
		t.Error("a closed server took a new connection")
	}
	s.Close()
}
