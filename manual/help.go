// Package manual is what the program tells of its own use: the help, the man page and the shells' completions, all made
// from the flags that config reads.
package manual

import (
	"fmt"
	"strings"

	"unleash-invite/config"
)

const (
	program = "unleash-invite"
	summary = "shows and manages the public invite link of an Unleash instance"
)

// notes returns what else someone needs to know to start, a paragraph each.
func notes() []string {
	return []string{
		"The token is a personal access token of a user with the root role Admin: in Unleash's Admin UI it is made under " +
			"Profile, Personal API tokens.",
		"Profiles are remembered instances. They are in unleash-invite/profiles.toml in the user's config directory, which begins with " +
			"what to write there; the program writes one when it connects and is told to remember. --profile comes before " +
			config.EnvURL + " and " + config.EnvToken + ", which come before " + config.EnvProfile + ". A profile that is read_only stays " +
			"that, whatever a flag says.",
		"When standard output is no terminal, the status is printed as plain text.",
	}
}

// helpWidth is how many columns the help takes at most.
const helpWidth = 79

// Help explains the command line.
func Help() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s %s.\n\nUsage:\n  %s [flags]\n\nFlags:\n", program, summary, program)
	flags, widest := config.Flags(), 0
	for _, f := range flags {
		widest = max(widest, len(form(f)))
	}
	for _, f := range flags {
		for i, line := range wrap(meaning(f), helpWidth-widest-4) {
			left := ""
			if i == 0 {
				left = form(f)
			}
			fmt.Fprintf(&text, "  %-*s  %s\n", widest, left, line)
		}
	}
	for _, note := range notes() {
		fmt.Fprintf(&text, "\n%s\n", strings.Join(wrap(note, helpWidth), "\n"))
	}
	return text.String()
}

// form is the flag as it is typed, with its argument.
func form(f config.Flag) string {
	if f.Argument == "" {
		return "--" + f.Name
	}
	return "--" + f.Name + " " + f.Argument
}

// meaning returns what the flag does, and what holds without it.
func meaning(f config.Flag) string {
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
