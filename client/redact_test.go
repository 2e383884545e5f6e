package client

import (
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
)

// Every type that carries text out of a wire struct leaves the credential behind;
// TestWireTypesAreSafe lets no other be in one.
func TestTheCredentialIsTakenOutByType(t *testing.T) {
	c := newTestClient(t, "https://flags.acme.io")
	var w struct {
		Text  text   `json:"text"`
		Words words  `json:"words"`
		Link  link   `json:"link"`
		Many  []text `json:"many"`
	}
	raw := strings.ReplaceAll(`{"text":"a TOKEN","words":"b TOKEN","link":"https://flags.acme.io/?t=TOKEN","many":["TOKEN",null]}`, "TOKEN", testToken)
	if err := json.UnmarshalDecode(newDecoder(strings.NewReader(raw), c.limits), &w); err != nil {
		t.Fatal(err)
	}
	if w.Text != "a [redacted]" || w.Words != "b [redacted]" || w.Link.address != "https://flags.acme.io/?t=[redacted]" || w.Many[0] != "[redacted]" {
		t.Errorf("%+v", w)
	}
}
