package draw

import (
	"image/color"
	"testing"

	"charm.land/lipgloss/v2"

	"unleash-invite/model"
)

func TestOnlyDecorationIsFaint(t *testing.T) {
	s := NewStyles()
	words := map[string]lipgloss.Style{
		"title": s.Title, "label": s.Label, "plain": s.Plain, "strong": s.Strong, "key": s.Key, "chosen": s.Chosen,
	}
	for name, style := range words {
		if style.GetFaint() {
			t.Errorf("%s is faint", name)
		}
	}
	if !s.Faint.GetFaint() {
		t.Error("decoration is not")
	}
}

func TestEachStatusHasItsColour(t *testing.T) {
	for status, want := range map[model.Status]color.Color{
		model.StatusActive: lipgloss.Green, model.StatusEndingSoon: lipgloss.Yellow, model.StatusUnknown: lipgloss.Yellow,
		model.StatusRefused: lipgloss.Red, model.StatusExpired: lipgloss.Red,
	} {
		if got := NewStyles().Status[status].colour.GetForeground(); got != want {
			t.Errorf("%s is %v, want %v", status, got, want)
		}
	}
}

func TestATintColoursTheMarkAlone(t *testing.T) {
	w := NewStyles().Warning
	for text, want := range map[string]string{
		"! it ends": "\x1b[33m!\x1b[m it ends", "●": "\x1b[33m●\x1b[m", "  ? not known": "\x1b[33m  ?\x1b[m not known",
		"━━━━": "\x1b[33m━━━━\x1b[m", "it ends": "\x1b[1mit ends\x1b[m", "!important": "\x1b[1m!important\x1b[m", "": "",
	} {
		if got := w.Render(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	got := Lines(w, []string{"! it ends", "in a while"})
	if got[1] != "in a while" {
		t.Errorf("%q", got)
	}
	if got := Lines(w, []string{"it ends", "soon"}); got[1] != "\x1b[1msoon\x1b[m" {
		t.Errorf("%q", got)
	}
}
