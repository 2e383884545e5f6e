package main

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"time"

	"unleash-invite/demo"
)

// serveSecurely serves an Unleash in memory by TLS 1.3, with HTTP/2 or without.
func serveSecurely(handler http.Handler, http2 bool) *httptest.Server {
	server := httptest.NewUnstartedServer(handler)
	server.EnableHTTP2 = http2
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // that a program has ended is no error
	server.StartTLS()
	return server
}

// behind is the server at the end of a line with so long a round trip: so many profiles have its address.
func (b *bench) behind(ctx context.Context, server *httptest.Server, trip time.Duration, profiles int) (target, error) {
	l, err := layLine(ctx, server.Listener.Addr().String(), trip)
	if err != nil {
		return target{}, err
	}
	folder, err := b.profiles(server, "https://"+l.address(), profiles)
	if err != nil {
		l.close()
		return target{}, err
	}
	return target{profiles: folder, close: l.close}, nil
}

// profiles makes a folder with a profiles file: so many have the address, and trust the server there.
func (b *bench) profiles(server *httptest.Server, address string, count int) (string, error) {
	folder, err := os.MkdirTemp(b.folder, "profiles-")
	if err != nil {
		return "", err
	}
	authority := filepath.Join(folder, "authority.pem")
	text := strings.Builder{}
	text.WriteString("default = \"p0\"\n")
	for i := range count {
		fmt.Fprintf(&text, "[[profile]]\nname = \"p%d\"\nurl = %q\ntoken = %q\nca_file = %q\n", i, address, demo.AdminToken, authority)
	}
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	return folder, errors.Join(
		os.WriteFile(authority, certificate, 0o600),
		os.Mkdir(filepath.Join(folder, "unleash-invite"), 0o700),
		os.WriteFile(filepath.Join(folder, "unleash-invite", "profiles.toml"), []byte(text.String()), 0o600),
	)
}
