package client

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// connectProxy is a proxy that answers CONNECT with the status, or never for 0; for 200 it leads to the address. Of what a
// gateway wants it may see nothing.
func connectProxy(t *testing.T, status int, to string) (address string) {
	t.Helper()
	serve := func(near net.Conn) {
		defer near.Close()
		in := bufio.NewReader(near)
		r, err := http.ReadRequest(in)
		if err != nil || r.Method != http.MethodConnect || r.Header.Get("Cf-Access-Client-Secret") != "" {
			return
		}
		if status == 0 {
			_, _ = io.Copy(io.Discard, in)
			return
		}
		fmt.Fprintf(near, "HTTP/1.1 %d x\r\nContent-Length: 0\r\n\r\n", status)
		far, err := net.Dial("tcp", to)
		if status != http.StatusOK || err != nil {
			return
		}
		defer far.Close()
		go func() { _, _ = io.Copy(far, in) }()
		_, _ = io.Copy(near, far)
	}
	return "http://ann:hunter22@" + listening(t, serve)
}

// listening gives each connection to serve.
func listening(t *testing.T, serve func(net.Conn)) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go serve(conn)
		}
	}()
	return l.Addr().String()
}

// babble answers with something that is not HTTP.
func babble(near net.Conn) {
	_, _ = near.Read(make([]byte, 4096))
	_, _ = io.WriteString(near, "blah blah\r\n\r\n")
	_ = near.Close()
}

// withoutProxies takes this machine's own from the environment.
func withoutProxies(t *testing.T) {
	t.Helper()
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"} {
		t.Setenv(name, "")
		t.Setenv(strings.ToLower(name), "")
	}
}

// secureList is a TLS server of an empty list.
func secureList(t *testing.T, configure func(*tls.Config)) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(emptyList))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	configure(server.TLS)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server
}

func poolOf(server *httptest.Server) *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	return pool
}

func TestProxiesAreNamed(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	server := secureList(t, func(*tls.Config) {})
	to := server.Listener.Addr().String()
	for name, test := range map[string]struct {
		variable, value, want string
	}{
		"refuses":               {"HTTPS_PROXY", connectProxy(t, 403, ""), "it answered 403 Forbidden"},
		"wants a sign-in":       {"HTTPS_PROXY", connectProxy(t, 407, ""), "wants a user name and password"},
		"hangs":                 {"HTTPS_PROXY", connectProxy(t, 0, ""), "did not connect to example.com in time"},
		"is down":               {"HTTPS_PROXY", "http://ann:hunter22@127.0.0.1:1", "can't be reached: connection refused"},
		"is malformed":          {"HTTPS_PROXY", "http://ann:hunter22@[", "is malformed"},
		"is no address":         {"HTTPS_PROXY", "%zz", "is malformed"},
		"is colons alone":       {"HTTPS_PROXY", "::::", "is malformed"},
		"hangs up":              {"HTTPS_PROXY", "http://" + listening(t, func(c net.Conn) { _ = c.Close() }), "through the proxy of HTTPS_PROXY (127.0.0.1:"},
		"speaks no HTTP":        {"HTTPS_PROXY", "http://" + listening(t, babble), "through the proxy of HTTPS_PROXY (127.0.0.1:"},
		"for all":               {"ALL_PROXY", connectProxy(t, 502, ""), "it answered 502 Bad Gateway"},
		"works":                 {"HTTPS_PROXY", connectProxy(t, 200, to), ""},
		"for all works":         {"ALL_PROXY", connectProxy(t, 200, to), ""},
		"SOCKS refuses":         {"ALL_PROXY", socksProxy(t, 2, ""), "refused to connect to example.com: connection not allowed by ruleset"},
		"SOCKS hangs":           {"ALL_PROXY", socksProxy(t, -1, ""), "did not connect to example.com in time"},
		"SOCKS is down":         {"ALL_PROXY", "socks5://ann:hunter22@127.0.0.1:1", "can't be reached: connection refused"},
		"SOCKS works":           {"ALL_PROXY", socksProxy(t, 0, to), ""},
		"SOCKS wants a sign-in": {"ALL_PROXY", socksProxy(t, wantsSignIn, ""), "refused to connect to example.com"},
	} {
		t.Run(name, func(t *testing.T) {
			withoutProxies(t)
			t.Setenv(test.variable, test.value)
			waits := quick
			waits.Connect = time.Second
			headers := WithHeaders(Headers{Values: secretHeader(gatewaySecret)})
			c := newTestClient(t, "https://example.com", WithTLS(TLS{CAs: poolOf(server)}), WithTimeouts(waits), headers)
			_, err := c.Tokens(t.Context())
			if test.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			e := asError(t, err)
			if !strings.Contains(e.Error(), test.want) || !strings.Contains(e.Error(), test.variable) || e.Hint() == "" {
				t.Errorf("%q, hint %q, want %q", e, e.Hint(), test.want)
			}
			if strings.Contains(fmt.Sprint(e, e.Hint(), e.Unwrap()), "hunter22") {
				t.Errorf("the proxy's password is told: %v, %v", e, e.Unwrap())
			}
		})
	}
}

func TestAUselessCertificateFile(t *testing.T) {
	withoutProxies(t)
	server := secureList(t, func(*tls.Config) {})
	useless := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(useless, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{useless: "without a certificate in PEM form", useless + "x": "can't be read"} {
		t.Setenv("SSL_CERT_FILE", file)
		_, err := newTestClient(t, server.URL).Tokens(t.Context())
		if e := asError(t, err); !strings.Contains(e.Error(), want) || !strings.Contains(e.Error(), "SSL_CERT_FILE") {
			t.Errorf("%s: %v", file, e)
		}
	}
}

// certificate is one signed by itself.
func certificate(t *testing.T, names ...string) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "flags.acme.io"}, DNSNames: names,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

func TestACertificateWithoutAlternativeNames(t *testing.T) {
	withoutProxies(t)
	server := secureList(t, func(c *tls.Config) { c.Certificates = []tls.Certificate{certificate(t)} })
	_, err := newTestClient(t, server.URL, WithTLS(TLS{CAs: poolOf(server)})).Tokens(t.Context())
	if e := asError(t, err); !strings.Contains(e.Error(), "names no host in a subject alternative name") {
		t.Error(e)
	}
}

func TestAnotherServerName(t *testing.T) {
	withoutProxies(t)
	server := secureList(t, func(c *tls.Config) { c.Certificates = []tls.Certificate{certificate(t, "flags.acme.io")} })
	if _, err := newTestClient(t, server.URL, WithTLS(TLS{CAs: poolOf(server), ServerName: "flags.acme.io"})).Tokens(t.Context()); err != nil {
		t.Error(err)
	}
	_, err := newTestClient(t, server.URL, WithTLS(TLS{CAs: poolOf(server)})).Tokens(t.Context())
	if e := asError(t, err); !strings.Contains(e.Error(), "is for another host name") {
		t.Error(e)
	}
}

func TestMutualTLS(t *testing.T) {
	withoutProxies(t)
	mine := certificate(t)
	known := x509.NewCertPool()
	parsed, err := x509.ParseCertificate(mine.Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	known.AddCert(parsed)
	server := secureList(t, func(c *tls.Config) {
		c.ClientAuth, c.ClientCAs, c.MaxVersion = tls.RequireAndVerifyClientCert, known, tls.VersionTLS12
	})
	_, err = newTestClient(t, server.URL, WithTLS(TLS{CAs: poolOf(server)})).Tokens(t.Context())
	if e := asError(t, err); !strings.Contains(e.Error(), "wants a client certificate (mutual TLS)") || !strings.Contains(e.Hint(), "client_certificate") {
		t.Errorf("%q, hint %q", e, e.Hint())
	}
	if _, err := newTestClient(t, server.URL, WithTLS(TLS{CAs: poolOf(server), Certificate: &mine})).Tokens(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestAUnixSocket(t *testing.T) {
	withoutProxies(t)
	path := filepath.Join(t.TempDir(), "s")
	l, err := net.Listen("unix", path)
	if err != nil {
		t.Skip(err)
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(emptyList))
	server.Listener = l
	server.Start()
	t.Cleanup(server.Close)
	if _, err := newTestClient(t, "http://unleash", WithUnixSocket(path)).Tokens(t.Context()); err != nil {
		t.Error(err)
	}
	_, err = newTestClient(t, "http://unleash", WithUnixSocket(path+"x")).Tokens(t.Context())
	if e := asError(t, err); !strings.Contains(e.Error(), "no such file") {
		t.Error(e)
	}
}
