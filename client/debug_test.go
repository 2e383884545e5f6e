package client

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
)

func TestDebugTellsRequestsAndNoSecrets(t *testing.T) {
	const secret = "4d2e566f8ddd78f34cf4929ef54f635d"
	var told bytes.Buffer
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.Method != http.MethodPut {
			_, _ = w.Write([]byte(`{"tokens":[],"people":"Ada Lovelace"}`))
			return
		}
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"name":"BadDataError","message":"no ` + testToken + ` for ada@acme.io, nor *:production.0123abcd of ` + secret + `"}`))
	}, WithDebug(&told))
	if _, err := c.Tokens(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := c.Delete(t.Context(), secret); err == nil {
		t.Fatal("no error")
	}
	text := told.String()
	for _, want := range []string{
		"Z > GET http://127.0.0.1:", "/api/admin/invite-link/tokens: HTTP/1.1 200 OK after ", "; Content-Type: application/json", ": 37 bytes by ",
		"Z > PUT http://127.0.0.1:", `tokens/[masked]; `, `{"enabled":false}`, "400 Bad Request after ", `"BadDataError","message":"no [redacted] for [address], nor [masked]`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is missing", want)
		}
	}
	for _, never := range []string{testToken, secret, "ada@", "0123abcd", "Authorization", "Lovelace"} {
		if strings.Contains(text, never) {
			t.Errorf("%s is in it", never)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
}

func TestDebugTellsAboutNoAnswer(t *testing.T) {
	var told bytes.Buffer
	c := newTestClient(t, "http://127.0.0.1:1", WithDebug(&told))
	_, _ = c.Tokens(t.Context())
	if text := told.String(); !strings.Contains(text, ": no answer after ") || !strings.Contains(text, "refused") {
		t.Error(text)
	}
}
