package tui

import (
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"unleash-invite/model"
	"unleash-invite/tui/curl"
)

// TestTheShownCommandsGoTheWayOfTheProfile runs them against a server behind a gateway, whose certificate is for another
// name and signed by an authority of its own.
func TestTheShownCommandsGoTheWayOfTheProfile(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip(err)
	}
	var host string
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host = r.Host
		if r.Header.Get("CF-Access-Client-Secret") != "the-key" || r.Header.Get("Authorization") != "" && r.Header.Get("Authorization") != "user:1" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		_, _ = w.Write([]byte("in " + r.TLS.ServerName + "\n"))
	}))
	t.Cleanup(server.Close)
	ca := filepath.Join(t.TempDir(), "my ca.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(ca, text, 0o600); err != nil {
		t.Fatal(err)
	}
	way := model.Way{CAFile: ca, ServerName: "example.com", Headers: "CF-Access-Client-Secret"}
	commands := curl.Commands([]model.Request{
		{Method: "GET", URL: server.URL + "/list", Authorized: true}, {Method: "GET", URL: server.URL + "/invite/x/validate"},
	}, way)
	cmd := exec.CommandContext(t.Context(), "sh", "-c", commands)
	cmd.Env = append(os.Environ(), "UNLEASH_TOKEN=user:1", "CF_ACCESS_CLIENT_SECRET=the-key", "no_proxy=*")
	out, err := cmd.CombinedOutput()
	if err != nil || string(out) != "in example.com\n200\n" || "https://"+host != server.URL {
		t.Errorf("%s, %v, host %s:\n%s", out, err, host, commands)
	}
}

func TestTheCurlScreenNamesTheHeadersVariables(t *testing.T) {
	d := start(t, 80, 24, live("default"))
	d.m.session.Instance.Way = gatewayed
	d.press("x")
	if text := strings.Join(strings.Fields(d.screen()), " "); !strings.Contains(text, "$UNLEASH_TOKEN, $CF_ACCESS_CLIENT_ID and $_1ST_KEY stand for your token and the profile's headers.") {
		t.Error(text)
	}
}
