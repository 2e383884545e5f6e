package draw

import (
	"image/color"

	"charm.land/bubbles/v2/textinput"
	"charm.land/lipgloss/v2"

	"unleash-invite/model"
)

// Styles use the sixteen colours of the user's own theme and attributes,
// nothing else: no query of the background, readable on dark and light, as words are in no colour, see Tint.
type Styles struct {
	Title, Label, Plain, Strong, Key, Chosen lipgloss.Style
	Warning, Failure, Success                Tint
	// Faint is for separators, the heads of tables, the empty part of a bar and of a field: on the usual themes it is
	// too dim for words that matter.
	Faint lipgloss.Style
	// Badge is for the word PRODUCTION in the header, production for what else warns of it.
	Badge      Chip
	Production Tint
	Status     map[model.Status]Tint
}

// NewStyles returns the styles of the program.
func NewStyles() Styles {
	plain := lipgloss.NewStyle()
	bold := plain.Bold(true)
	tint := func(colour color.Color, words lipgloss.Style) Tint {
		return Tint{colour: words.Foreground(colour), words: words}
	}
	failure := tint(lipgloss.Red, plain)
	failure.Lasts = true
	green, yellow, red := tint(lipgloss.Green, bold), tint(lipgloss.Yellow, bold), tint(lipgloss.Red, bold)
	none := Tint{colour: bold, words: bold}
	return Styles{
		Title:   bold,
		Label:   plain,
		Plain:   plain,
		Faint:   plain.Faint(true),
		Strong:  bold,
		Key:     bold,
		Chosen:  plain.Reverse(true),
		Warning: tint(lipgloss.Yellow, plain),
		Failure: failure,
		Success: tint(lipgloss.Green, plain),
		Badge:   Chip{edge: plain.Foreground(lipgloss.Red).Reverse(true), word: bold.Reverse(true)},

		Production: red,
		Status: map[model.Status]Tint{
			model.StatusActive:     green,
			model.StatusEndingSoon: yellow,
			model.StatusRefused:    red,
			model.StatusExpired:    red,
			model.StatusDeleted:    none,
			model.StatusNone:       none,
			model.StatusUnknown:    yellow,
		},
	}
}

func (s Styles) field() textinput.Styles {
	plain := lipgloss.NewStyle()
	state := textinput.StyleState{Text: plain, Placeholder: s.Faint, Suggestion: s.Faint, Prompt: plain}
	return textinput.Styles{Focused: state, Blurred: state}
}
