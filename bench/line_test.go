package main

import (
	"bufio"
	"io"
	"net"
	"testing"
	"time"
)

// A connection costs a round trip, and each question one more.
func TestLineTakesRoundTrips(t *testing.T) {
	const trip = 200 * time.Millisecond
	echo, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer echo.Close()
	go func() {
		for {
			c, err := echo.Accept()
			if err != nil {
				return
			}
			go func() {
				_, _ = io.Copy(c, c)
				_ = c.Close()
			}()
		}
	}()
	l, err := layLine(t.Context(), echo.Addr().String(), trip)
	if err != nil {
		t.Fatal(err)
	}
	defer l.close()
	began := time.Now()
	c, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", l.address())
	if err != nil {
		t.Fatal(err)
	}
	answers := bufio.NewReader(c)
	for _, least := range []time.Duration{2 * trip, 3 * trip} {
		if _, err := c.Write([]byte("hello\n")); err != nil {
			t.Fatal(err)
		}
		if got, err := answers.ReadString('\n'); err != nil || got != "hello\n" || time.Since(began) < least {
			t.Errorf("%q after %v, want it not before %v (%v)", got, time.Since(began), least, err)
		}
	}
	_ = c.(*net.TCPConn).CloseWrite()
	if rest, err := io.ReadAll(answers); err != nil || len(rest) > 0 {
		t.Errorf("%q after the end (%v)", rest, err)
	}
}
