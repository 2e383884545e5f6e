package main

import (
	"context"
	"io"
	"net"
	"time"
)

// line is a slow line to a server: what is sent through it takes half a round trip each way, and a new connection one
// round trip before that.
type line struct {
	listener net.Listener
	to       string // address of the server
	trip     time.Duration
}

// layLine lays a line to the server at the address.
func layLine(ctx context.Context, to string, trip time.Duration) (*line, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	l := &line{listener: listener, to: to, trip: trip}
	go l.serve(ctx)
	return l, nil
}

func (l *line) address() string { return l.listener.Addr().String() }

func (l *line) close() { _ = l.listener.Close() }

func (l *line) serve(ctx context.Context) {
	for {
		near, err := l.listener.Accept()
		if err != nil {
			return // it was closed
		}
		far, err := (&net.Dialer{}).DialContext(ctx, "tcp", l.to)
		if err != nil {
			_ = near.Close()
			continue
		}
		opened := time.Now().Add(l.trip)
		go l.carry(near, far, opened)
		go l.carry(far, near, opened)
	}
}

// parcel holds the bytes of one write; nil marks the end.
type parcel struct {
	due  time.Time
	data []byte
}

// carry brings what is sent to the other end, and the end of it. What was sent before the connection counts as opened,
// as the system lets a client do, sets out then.
func (l *line) carry(from io.Reader, to io.WriteCloser, opened time.Time) {
	under := make(chan parcel, 1<<10)
	go func() {
		defer close(under)
		for {
			data := make([]byte, 32<<10)
			n, err := from.Read(data)
			sent := time.Now()
			if sent.Before(opened) {
				sent = opened
			}
			under <- parcel{sent.Add(l.trip / 2), data[:n]}
			if err != nil {
				return
			}
		}
	}()
	for p := range under {
		time.Sleep(time.Until(p.due))
		if _, err := to.Write(p.data); err != nil {
			break
		}
	}
	_ = to.Close()
	for range under { // so that the reader can end
	}
}
