package weather

import (
	"crypto/x509"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
)

// Server is a server of HTTPS at the other end of a line.
type Server struct {
	*Line
	URL string
	// CAs are those that prove who it is.
	CAs  *x509.CertPool
	http *httptest.Server
	dead atomic.Bool // its connections died once
}

// Serve serves HTTPS over a line, by HTTP/2 or by HTTP/1.1.
func Serve(http2 bool, handler http.Handler) *Server {
	l := NewLine()
	server := httptest.NewUnstartedServer(handler)
	_ = server.Listener.Close()
	server.Listener, server.EnableHTTP2 = l, http2
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	cas := x509.NewCertPool()
	cas.AddCert(server.Certificate())
	return &Server{Line: l, URL: server.URL, CAs: cas, http: server}
}

// Close ends the server and its line.
func (s *Server) Close() error {
	err := s.Line.Close()
	s.http.Close()
	return err
}

// Clear leads to a server in memory with nothing in between.
type Clear struct{ http.Handler }

// RoundTrip implements http.RoundTripper.
func (c Clear) RoundTrip(r *http.Request) (*http.Response, error) {
	answer := httptest.NewRecorder()
	c.ServeHTTP(answer, r)
	resp := answer.Result()
	resp.Request = r
	return resp, nil
}
