package client

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"

	"golang.org/x/net/http/httpproxy"
)

// proxies finds the proxy on the way to an address, by HTTPS_PROXY, HTTP_PROXY and
// NO_PROXY, and by ALL_PROXY where the first two are not set.
type proxies struct {
	find func(*url.URL) (*url.URL, error)
	// named are the variables in use, by the scheme of the request.
	named map[string]string
}

func proxiesOfEnvironment() *proxies {
	config := httpproxy.FromEnvironment()
	p := &proxies{named: map[string]string{"https": "HTTPS_PROXY", "http": "HTTP_PROXY"}}
	all := cmp.Or(os.Getenv("ALL_PROXY"), os.Getenv("all_proxy"))
	if config.HTTPSProxy == "" && all != "" {
		config.HTTPSProxy, p.named["https"] = all, "ALL_PROXY"
	}
	if config.HTTPProxy == "" && all != "" {
		config.HTTPProxy, p.named["http"] = all, "ALL_PROXY"
	}
	malformed := map[string]bool{"https": !wellFormed(&config.HTTPSProxy), "http": !wellFormed(&config.HTTPProxy)}
	find := config.ProxyFunc()
	p.find = func(to *url.URL) (*url.URL, error) {
		at, err := find(to)
		if at != nil && malformed[to.Scheme] {
			return nil, errors.New("invalid proxy address")
		}
		return at, err
	}
	return p
}

// wellFormed reports whether an address is one, or empty. Of another httpproxy makes what it can, or none, so it gets
// one in its place that tells who would have been reached by it.
func wellFormed(address *string) bool {
	full := *address
	if full == "" {
		return true
	}
	if !strings.Contains(full, "://") {
		full = "http://" + full
	}
	u, err := url.Parse(full)
	if err == nil && u.Hostname() != "" {
		return true
	}
	*address = "http://malformed.invalid"
	return false
}

func (p *proxies) proxy(r *http.Request) (*url.URL, error) { return p.find(r.URL) }

// connectError is a proxy's answer to CONNECT other than 200.
type connectError struct{ status int }

func (r connectError) Error() string { return "the proxy answered " + strconv.Itoa(r.status) }

func connected(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode != http.StatusOK {
		return connectError{answer.StatusCode}
	}
	return nil
}

// proxy describes the proxy on the way by its variable and host; "" without one.
func (c *Client) proxy() (variable, described string) {
	n, ok := c.transport.(*network)
	if !ok || n.proxies == nil {
		return "", ""
	}
	variable = n.proxies.named[c.base.Scheme]
	at, err := n.proxies.find(c.base)
	switch {
	case err != nil:
		return variable, "the proxy of " + variable
	case at == nil:
		return "", ""
	}
	return variable, "the proxy of " + variable + " (" + clean(at.Host, wordsLimit) + ")"
}

// blameProxy fills in e when err is about the proxy on the way.
func (c *Client) blameProxy(e *Error, err error) bool {
	variable, proxy := c.proxy()
	known := proxy != ""
	if !known {
		variable, proxy = "HTTPS_PROXY and HTTP_PROXY", "the proxy on the way to "+c.host()
	}
	refused, isRefusal := asConnectError(err)
	op, isOp := asOpError(err)
	switch {
	case isRefusal && refused.status == http.StatusProxyAuthRequired:
		e.transient = false
		e.sentence = proxy + " wants a user name and password: it answered " + statusLine(refused.status)
		e.hint = "Put them in " + variable + ", as in http://name:password@host:port"
	case isRefusal:
		e.transient = refused.status >= 500
		e.sentence = proxy + " refused to connect to " + c.host() + ": it answered " + statusLine(refused.status)
		e.hint = "Ask whoever runs it, or add the host to NO_PROXY"
	case isOp && op.Op == "proxyconnect":
		e.sentence = proxy + " can't be reached: " + reason(op)
		e.hint = "Check " + variable + " and NO_PROXY"
	case isOp && strings.HasPrefix(op.Op, "socks"):
		e.transient = false
		e.sentence = proxy + " refused to connect to " + c.host() + ": " + strings.TrimPrefix(reason(op), "unknown error ")
		e.hint = "Check the user name and password in " + variable + ", ask whoever runs it, or add the host to NO_PROXY"
	case strings.HasPrefix(err.Error(), "invalid proxy address"): // its text holds the proxy's password
		e.cause, e.transient = nil, false
		e.sentence = "the proxy's address in " + variable + " is malformed"
		e.hint = "Give it one like http://host:port"
	case e.unsent && known:
		e.sentence = proxy + " did not connect to " + c.host() + " in time"
		if !isTimeout(err) {
			e.sentence = "the connection to " + c.host() + " through " + proxy + " broke: " + clean(err.Error(), wordsLimit)
		}
		e.hint = "Check " + variable + " and NO_PROXY, and that the proxy works"
	default:
		return false
	}
	return true
}

func (n *network) withProxies(p *proxies) *network {
	n.proxies = p
	return n
}
