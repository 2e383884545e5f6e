package manual

import (
	"fmt"
	"strings"

	"unleash-invite/config"
)

// Page returns the man page, for section 1, in roff. The date is that of the version, in any form.
func Page(version, date string) string {
	var page roff
	page.line(`.TH UNLEASH-INVITE 1 "%s" "%s %s" "User Commands"`, date, program, version)
	page.section("Name")
	page.line(`%s \-`, escape(program))
	page.text(summary)
	page.section("Synopsis")
	page.line(`\fB%s\fR [\fIflags\fR]`, escape(program))
	page.section("Description")
	page.text("In a terminal the program shows whether people can join the instance with the public invite link right now, " +
		"until when, and who did. From there the link is copied, made, re-dated, deleted and rotated: ? shows every key.")
	for _, note := range notes() {
		page.line(".PP")
		page.text(note)
	}
	page.section("Options")
	for _, f := range config.Flags() {
		head := fmt.Sprintf(`\fB\-\-%s\fR`, escape(f.Name))
		if f.Argument != "" {
			head += fmt.Sprintf(` \fI%s\fR`, escape(f.Argument))
		}
		page.item(head, sentence(meaning(f)))
	}
	page.section("Environment")
	page.text("A flag comes before its variable.")
	for _, v := range config.Variables() {
		page.item(`\fB`+escape(v.Name)+`\fR`, sentence(v.Meaning))
	}
	page.section("Files")
	page.item(`\fI`+escape("~/.config/unleash-invite/profiles.toml")+`\fR`, "The remembered instances. XDG_CONFIG_HOME moves it; "+
		"on macOS it is in ~/Library/Application Support/unleash-invite, on Windows in %LOCALAPPDATA%\\unleash-invite.")
	page.section("Exit status")
	for _, status := range exits() {
		page.item(`\fB`+status[0]+`\fR`, status[1])
	}
	page.section("Examples")
	for i, example := range examples() {
		if i > 0 {
			page.line(".PP")
		}
		page.text(example[0])
		page.line(".PP\n.RS 4\n.EX\n%s\n.EE\n.RE", escape(example[1]))
	}
	return page.String()
}

func exits() [][2]string {
	return [][2]string{
		{"0", "All is well."},
		{"1", "The server could not be asked, or a write was left unfinished."},
		{"2", "The command line, the environment or a file of the configuration is wrong: nothing was started."},
		{"130", "SIGINT ended it."},
	}
}

func examples() [][2]string {
	return [][2]string{
		{"Try it without a server:", "unleash-invite --demo"},
		{"Print the status as plain text:", "unleash-invite | cat"},
		{"Take the token from a password manager:",
			"pass show unleash | unleash-invite --url https://flags.acme.io --token-file -"},
	}
}

// roff is the text of a man page.
type roff struct{ strings.Builder }

func (r *roff) line(format string, args ...any) { fmt.Fprintf(r, format+"\n", args...) }

func (r *roff) section(title string) { r.line(".SH %s", strings.ToUpper(title)) }

// sourceWidth keeps the lines of the source below 80 columns, hyphens with their backslashes, too.
const sourceWidth = 70

// text is a paragraph's text.
func (r *roff) text(text string) {
	for _, line := range wrap(text, sourceWidth) {
		r.line("%s", escape(line))
	}
}

// item is a paragraph under a head, which is roff already.
func (r *roff) item(head, text string) {
	r.line(".TP\n%s", head)
	r.text(text)
}

// escape makes text roff: a backslash begins a command, a plain hyphen may be drawn as another character than the one that
// shells know, and a dot or a quote at the start of a line is a command, too.
func escape(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "^", `\(ha`, "~", `\(ti`, "`", `\(ga`).Replace(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		text = `\&` + text
	}
	return text
}

// sentence makes a phrase one.
func sentence(phrase string) string {
	if !strings.HasPrefix(phrase, "--") {
		phrase = strings.ToUpper(phrase[:1]) + phrase[1:]
	}
	return phrase + "."
}
