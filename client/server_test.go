package client

import (
	"context"
	"fmt"
	"net/http"
	"testing"

	"unleash-invite/model"
)

func TestWhoAmI(t *testing.T) {
	tests := map[string]struct {
		body string
		want model.User
	}{
		"admin API token of 8.x": {`{"user":{"username":"admin","permissions":["ADMIN"],"environment":"*","type":"admin","secret":"` + testToken + `","projects":["*"],"internalAdminTokenUserId":-42},"permissions":[{"permission":"ADMIN"}],"feedback":[],"splash":{}}`,
			model.User{Name: "admin", Admin: true}},
		"a user": {`{"user":{"id":1,"name":"Ann","username":"ann","email":"ann@acme.io"},"permissions":[{"permission":"CREATE_PROJECT"},{"project":"x","permission":"ADMIN"}]}`,
			model.User{ID: 1, Name: "Ann", Email: "ann@acme.io", Admin: true}},
		"no name":              {`{"user":{"name":null,"username":"ann","email":"ann@acme.io"},"permissions":[]}`, model.User{Name: "ann", Email: "ann@acme.io"}},
		"an e-mail alone":      {`{"user":{"name":"","email":"ann@acme.io"}}`, model.User{Name: "ann@acme.io", Email: "ann@acme.io"}},
		"permissions as names": {`{"user":{"name":"Ann"},"permissions":["NONE","ADMIN"]}`, model.User{Name: "Ann", Admin: true}},
		"not an admin":         {`{"user":{"name":"Ann"},"permissions":[{"permission":"ADMINISTRATOR"},null]}`, model.User{Name: "Ann"}},
		"a hostile name":       {`{"user":{"name":"\u001b]0;x\u0007A\u202enn"},"permissions":[]}`, model.User{Name: "Ann"}},
		"an echo":              {`{"user":{"name":"` + testToken + `"},"permissions":[]}`, model.User{Name: "[redacted]"}},
	}
	for name, test := range tests {
		c := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, test.body) })
		if got, err := c.WhoAmI(context.Background()); err != nil || got != test.want {
			t.Errorf("%s: %+v, %v, want %+v", name, got, err, test.want)
		}
	}
}

func TestWhoAmIWithoutAUser(t *testing.T) {
	for _, body := range []string{`{}`, `{"user":null}`, `{"user":"ann"}`, `[]`, `{"user":{},"permissions":[7]}`} {
		c := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) })
		_, err := c.WhoAmI(context.Background())
		if e := asError(t, err); e.Kind != KindBadResponse {
			t.Errorf("%s: kind %d, %v", body, e.Kind, e)
		}
	}
}

func TestInstance(t *testing.T) {
	tests := map[string]struct {
		body string
		want model.Server
	}{
		"8.x": {`{"environment":"Open Source","flags":{"maintenanceMode":false,"messageBanner":{"name":"disabled"}},"version":"8.2.0","unleashUrl":"http://127.0.0.1:4242","baseUriPath":"","versionInfo":{"current":{"oss":"8.2.0","enterprise":""}},"disablePasswordAuth":false,"maintenanceMode":false}`,
			model.Server{Environment: "Open Source", Version: "8.2.0", UnleashURL: "http://127.0.0.1:4242"}},
		"version in versionInfo alone": {`{"name":"Acme","versionInfo":{"current":{"oss":"4.19.5"}}}`, model.Server{Name: "Acme", Version: "4.19.5"}},
		"enterprise":                   {`{"versionInfo":{"current":{"oss":"","enterprise":"5.12.8"}}}`, model.Server{Version: "5.12.8"}},
		"no password, maintenance":     {`{"disablePasswordAuth":true,"maintenanceMode":true}`, model.Server{PasswordAuthDisabled: true, Maintenance: true}},
		"maintenance as a flag":        {`{"flags":{"maintenanceMode":true},"maintenanceMode":null}`, model.Server{Maintenance: true}},
		"flags of other types":         {`{"flags":{"maintenanceMode":{"enabled":false}},"disablePasswordAuth":"no"}`, model.Server{}},
		"hostile":                      {`{"name":"\u001b[2JAcme","unleashUrl":"http://x/\u001b[2J"}`, model.Server{Name: "Acme"}},
		"nothing":                      {`{}`, model.Server{}},
	}
	for name, test := range tests {
		c := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, test.body) })
		if got, err := c.Server(context.Background()); err != nil || got != test.want {
			t.Errorf("%s: %+v, %v, want %+v", name, got, err, test.want)
		}
	}
}
