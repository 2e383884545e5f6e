//go:build unix

package instances

import (
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAProfilesUnixSocket(t *testing.T) {
	folder, err := os.MkdirTemp("", "unleash") //nolint:usetesting // a socket's path has to be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	socket := filepath.Join(folder, "s")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"tokens":[]}`))
	}))
	_ = server.Listener.Close()
	server.Listener = listener
	server.Start()
	t.Cleanup(server.Close)
	own, _ := ownProfiles(t, "[[profile]]\nname = \"acme\"\nurl = \"http://flags.acme.invalid\"\ntoken = \"user:0123456789\"\nunix_socket = \""+socket+"\"\n")
	on, err := OfProfiles(own).Open(t.Context(), "acme", false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := on.Client.Tokens(t.Context()); err != nil {
		t.Error(err)
	}
	server.Close()
	if _, err := on.Client.Tokens(t.Context()); err == nil || !strings.Contains(err.Error(), "no connection through the Unix socket "+socket) {
		t.Error(err)
	}
}
