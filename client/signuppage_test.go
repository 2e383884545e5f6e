package client

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

func TestAMissingSignUpPageIsNoticed(t *testing.T) {
	for path, want := range map[string]struct {
		missing bool
		asked   []string
	}{
		"/team":         {false, nil}, // as it should be
		"":              {true, []string{"/new-user"}},
		"/team/team":    {true, []string{"/team/team/new-user"}},
		"/elsewhere":    {false, []string{"/elsewhere/new-user"}}, // something is there
		"//flags.other": {false, nil},
	} {
		var asked []string
		var server *httptest.Server
		server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/team/api/admin/ui-config" {
				address := server.URL + path
				if strings.HasPrefix(path, "//") {
					address = "http:" + path
				}
				w.Header().Set("Content-Type", "application/json")
				fmt.Fprintf(w, `{"unleashUrl":%q}`, address)
				return
			}
			asked = append(asked, r.URL.String()+r.Header.Get("Authorization"))
			if r.URL.Path != "/elsewhere/new-user" {
				w.WriteHeader(http.StatusNotFound)
			}
			fmt.Fprint(w, "<!DOCTYPE html>")
		}))
		c, err := New(server.URL+"/team", testToken)
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.Server(t.Context())
		server.Close()
		if err != nil || got.SignUpPageMissing != want.missing || !slices.Equal(asked, want.asked) {
			t.Errorf("%s: %+v, %v, asked %q", path, got, err, asked)
		}
	}
}
