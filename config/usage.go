package config

import (
	"fmt"
	"strings"
)

// Summary is what the program is, in one line.
const Summary = "unleash-invite shows and manages the public invite link of an Unleash instance."

// Notes are what else a person needs to know to start, a paragraph each.
func Notes() []string {
	return []string{
		"The token is a personal access token of a user with the root role Admin: in Unleash's Admin UI it is made under " +
			"Profile, Personal API tokens.",
		"When standard output is no terminal, the status is printed as plain text.",
	}
}

// usageWidth is how many columns the help takes at most.
const usageWidth = 79

// Usage explains the command line.
func Usage() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s\n\nUsage:\n  unleash-invite [flags]\n\nFlags:\n", Summary)
	flags, widest := Flags(), 0
	for _, f := range flags {
		widest = max(widest, len(f.Form()))
	}
	for _, f := range flags {
		for i, line := range wrap(f.Explanation(), usageWidth-widest-4) {
			form := ""
			if i == 0 {
				form = f.Form()
			}
			fmt.Fprintf(&text, "  %-*s  %s\n", widest, form, line)
		}
	}
	for _, note := range Notes() {
		fmt.Fprintf(&text, "\n%s\n", strings.Join(wrap(note, usageWidth), "\n"))
	}
	return text.String()
}

// Form is the flag as it is typed, with its argument.
func (f Flag) Form() string {
	if f.Argument == "" {
		return "--" + f.Name
	}
	return "--" + f.Name + " " + f.Argument
}

// Explanation is the flag's meaning, and what holds without it.
func (f Flag) Explanation() string {
	switch {
	case f.Default != "":
		return f.Meaning + " (default: " + f.Default + ")"
	case f.Env == "":
		return f.Meaning
	case f.Argument == "":
		return f.Meaning + " (default: off, on with " + f.Env + "=1)"
	default:
		return f.Meaning + " (default: $" + f.Env + ")"
	}
}

// wrap breaks a text into lines of at most width bytes, where words allow it.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		switch {
		case line == "":
			line = word
		case len(line)+1+len(word) > width:
			lines = append(lines, line)
			line = word
		default:
			line += " " + word
		}
	}
	return append(lines, line)
}
