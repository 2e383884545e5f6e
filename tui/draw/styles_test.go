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
		"warning": s.Warning, "failure": s.Failure, "success": s.Success, "badge": s.Badge, "production": s.Production,
	}
	for status, style := range s.Status {
		words[status.String()] = style
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
		if got := NewStyles().Status[status].GetForeground(); got != want {
			t.Errorf("%s is %v, want %v", status, got, want)
		}
	}
}
