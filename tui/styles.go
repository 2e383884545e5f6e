package tui

import (
	"charm.land/bubbles/v2/textinput"
	"charm.land/lipgloss/v2"

	"unleash-invite/model"
)

// styles use the sixteen colours of the person's own theme and attributes,
// nothing else: no query of the background, readable on dark and light.
type styles struct {
	title, label, faint, strong, key, chosen lipgloss.Style
	warning, failure, success                lipgloss.Style
	// badge is for the word PRODUCTION in the header, production for what else warns of it.
	badge, production lipgloss.Style
	status            map[model.Status]lipgloss.Style
}

func newStyles() styles {
	plain := lipgloss.NewStyle()
	bold := plain.Bold(true)
	return styles{
		title:   bold,
		label:   plain.Faint(true),
		faint:   plain.Faint(true),
		strong:  bold,
		key:     bold,
		chosen:  plain.Reverse(true),
		warning: plain.Foreground(lipgloss.Yellow),
		failure: plain.Foreground(lipgloss.Red),
		success: plain.Foreground(lipgloss.Green),
		badge:   bold.Foreground(lipgloss.Red).Reverse(true),

		production: bold.Foreground(lipgloss.Red),
		status: map[model.Status]lipgloss.Style{
			model.StatusActive:     bold.Foreground(lipgloss.Green),
			model.StatusEndingSoon: bold.Foreground(lipgloss.Yellow),
			model.StatusRefused:    bold.Foreground(lipgloss.Red),
			model.StatusExpired:    bold.Foreground(lipgloss.Magenta),
			model.StatusDeleted:    bold.Faint(true),
			model.StatusNone:       bold,
			model.StatusUnknown:    bold.Foreground(lipgloss.Cyan),
		},
	}
}

func (s styles) field() textinput.Styles {
	plain := lipgloss.NewStyle()
	state := textinput.StyleState{Text: plain, Placeholder: s.faint, Suggestion: s.faint, Prompt: plain}
	return textinput.Styles{Focused: state, Blurred: state}
}
