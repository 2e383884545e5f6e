package draw

import (
	"charm.land/bubbles/v2/textinput"
	"charm.land/lipgloss/v2"

	"unleash-invite/model"
)

// Styles use the sixteen colours of the user's own theme and attributes,
// nothing else: no query of the background, readable on dark and light.
type Styles struct {
	Title, Label, Plain, Strong, Key, Chosen lipgloss.Style
	Warning, Failure, Success                lipgloss.Style
	// Faint is for separators, the heads of tables, the empty part of a bar and of a field: on the usual themes it is
	// too dim for words that matter.
	Faint lipgloss.Style
	// Badge is for the word PRODUCTION in the header, production for what else warns of it.
	Badge, Production lipgloss.Style
	Status            map[model.Status]lipgloss.Style
}

// NewStyles returns the styles of the program.
func NewStyles() Styles {
	plain := lipgloss.NewStyle()
	bold := plain.Bold(true)
	return Styles{
		Title:   bold,
		Label:   plain,
		Plain:   plain,
		Faint:   plain.Faint(true),
		Strong:  bold,
		Key:     bold,
		Chosen:  plain.Reverse(true),
		Warning: plain.Foreground(lipgloss.Yellow),
		Failure: plain.Foreground(lipgloss.Red),
		Success: plain.Foreground(lipgloss.Green),
		Badge:   bold.Foreground(lipgloss.Red).Reverse(true),

		Production: bold.Foreground(lipgloss.Red),
		Status: map[model.Status]lipgloss.Style{
			model.StatusActive:     bold.Foreground(lipgloss.Green),
			model.StatusEndingSoon: bold.Foreground(lipgloss.Yellow),
			model.StatusRefused:    bold.Foreground(lipgloss.Red),
			model.StatusExpired:    bold.Foreground(lipgloss.Red),
			model.StatusDeleted:    bold,
			model.StatusNone:       bold,
			model.StatusUnknown:    bold.Foreground(lipgloss.Yellow),
		},
	}
}

func (s Styles) field() textinput.Styles {
	plain := lipgloss.NewStyle()
	state := textinput.StyleState{Text: plain, Placeholder: s.Faint, Suggestion: s.Faint, Prompt: plain}
	return textinput.Styles{Focused: state, Blurred: state}
}
