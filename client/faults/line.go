package faults

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"

	"unleash-invite/client"
)

// line lies between a client and a server: a toxiproxy for each way, all
// made beforehand so that a fault is a matter of which one a request takes, then
// the HTTP layer.
type line struct {
	server     Server
	patience   time.Duration
	url        string
	front      http.Handler // the HTTP layer
	transports [ways]*http.Transport
	occupied   net.Conn
	// direct is a client that asks the server itself.
	direct *client.Client
}

func newLine(t *testing.T, server Server, patience time.Duration) *line {
	t.Helper()
	address, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	l := &line{server: server, patience: patience, front: newLayer(address)}
	front := httptest.NewServer(l.front)
	t.Cleanup(front.Close)
	proxies := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())
	for w := range ways {
		proxy := toxiproxy.NewProxy(proxies, fmt.Sprint(w), "127.0.0.1:0", front.Listener.Addr().String())
		if err := l.open(proxy, w); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(proxy.Stop)
		l.transports[w] = &http.Transport{
			DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
				return (&net.Dialer{}).DialContext(ctx, "tcp", proxy.Listen)
			},
			DisableKeepAlives: w != clean, // each of its faults has a connection of its own
		}
		t.Cleanup(l.transports[w].CloseIdleConnections)
		if w == clean {
			l.url = "http://" + proxy.Listen
		}
	}
	t.Cleanup(func() { _ = l.occupied.Close() })
	l.direct, err = client.New(server.URL, server.AdminToken)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// open starts the proxy of a way and makes it as bad as that is.
func (l *line) open(proxy *toxiproxy.Proxy, w way) error {
	if err := proxy.Start(); err != nil {
		return err
	}
	toxic, stream := "", "upstream"
	switch w {
	case refused:
		proxy.Stop()
		return l.occupy(proxy)
	case resetBefore:
		toxic = `"type":"reset_peer","attributes":{"timeout":0}`
	case resetAfter: // once the answer comes
		toxic, stream = `"type":"reset_peer","attributes":{"timeout":0}`, "downstream"
	case slowRequest:
		toxic = fmt.Sprintf(`"type":"latency","attributes":{"latency":%d}`, l.delay().Milliseconds())
	case slowAnswer:
		toxic, stream = fmt.Sprintf(`"type":"latency","attributes":{"latency":%d}`, l.delay().Milliseconds()), "downstream"
	default:
	}
	if toxic == "" {
		return nil
	}
	_, err := proxy.Toxics.AddToxicJson(strings.NewReader(`{"stream":"` + stream + `",` + toxic + `}`))
	return err
}

// occupy keeps the port of a stopped proxy from being given to another listener:
// it becomes the near end of a connection, which nobody can connect to.
func (l *line) occupy(proxy *toxiproxy.Proxy) error {
	port, err := net.ResolveTCPAddr("tcp", proxy.Listen)
	if err != nil {
		return err
	}
	l.occupied, err = (&net.Dialer{LocalAddr: port}).Dial("tcp", proxy.Upstream)
	return err
}

// delay is the latency of the slow ways.
func (l *line) delay() time.Duration { return 2 * l.patience }

// client makes a client whose requests suffer what the plan says.
func (l *line) client(t *testing.T, p *plan) *client.Client {
	t.Helper()
	c, err := client.New(l.url, l.server.AdminToken,
		client.WithTransport(&router{l, p}),
		client.WithTimeouts(client.Timeouts{
			Attempt:   l.patience,
			Backoff:   time.Millisecond,
			Look:      5 * time.Second,
			LookAgain: l.delay() + l.patience, // by then a late request has arrived
		}))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// router sends each request the way that the plan says.
type router struct {
	line *line
	plan *plan
}

// RoundTrip implements http.RoundTripper.
func (r *router) RoundTrip(req *http.Request) (*http.Response, error) {
	f, faulty := r.plan.next(req)
	if !faulty {
		return r.line.transports[clean].RoundTrip(req)
	}
	req = req.Clone(req.Context())
	req.Header.Set(faultHeader, string(f.answer))
	return r.line.transports[f.way].RoundTrip(req)
}
