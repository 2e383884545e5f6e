package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"unleash-invite/build"
	"unleash-invite/config"
)

func (p *program) manCommand() *cobra.Command {
	var c *cobra.Command
	c = p.command(&cobra.Command{Use: "man", Short: "Print the man page"}, func(context.Context) error {
		b := build.This()
		_, err := io.WriteString(p.out, page(c.Root(), b.Version, b.Day()))
		return err
	})
	return c
}

// page is the man page, for section 1, in roff, made from the commands and their flags. The date is that of the version.
func page(root *cobra.Command, version, date string) string {
	var r roff
	r.line(`.TH UNLEASH-INVITE 1 "%s" "unleash-invite %s" "User Commands"`, date, version)
	r.section("Name")
	r.line(`%s \- %s`, escape(root.Name()), escape(strings.ToLower(root.Short[:1])+root.Short[1:]))
	r.section("Synopsis")
	r.line(`\fBunleash\-invite\fR [\fIcommand\fR] [\fIflags\fR]`)
	r.section("Description")
	r.paragraphs(about)
	r.section("Options")
	root.PersistentFlags().VisitAll(r.flag)
	r.item(`\fB\-h\fR, \fB\-\-help\fR`, "Print help; after the name of a command, help for that command.")
	r.item(`\fB\-v\fR, \fB\-\-version\fR`, "Print the version.")
	r.section("Commands")
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			r.line(".SS %s", escape(c.UseLine()))
			r.paragraphs(firstOf(c.Long, c.Short))
			c.LocalNonPersistentFlags().VisitAll(r.flag)
		}
	}
	r.section("Environment")
	r.text("A flag takes precedence over its variable.")
	for _, v := range config.Variables() {
		r.item(`\fB`+escape(v.Name)+`\fR`, v.Meaning+".")
	}
	r.section("Files")
	r.item(`\fI`+escape("~/.config/unleash-invite/profiles.toml")+`\fR`, "The remembered instances. XDG_CONFIG_HOME moves it; "+
		"on macOS it is in ~/Library/Application Support/unleash-invite, on Windows in %LOCALAPPDATA%\\unleash-invite.")
	r.section("Exit status")
	for line := range strings.Lines(exitCodes) {
		if code, meaning, ok := strings.Cut(strings.TrimSpace(line), "  "); ok {
			r.item(`\fB`+escape(code)+`\fR`, strings.TrimSpace(meaning)+".")
		}
	}
	r.section("Examples")
	r.line(".EX\n%s\n.EE", escape(examples))
	return r.String()
}

func firstOf(long, short string) string {
	if long != "" {
		return long
	}
	return short + "."
}

// roff is the text of a man page.
type roff struct{ strings.Builder }

func (r *roff) line(format string, args ...any) { fmt.Fprintf(r, format+"\n", args...) }

func (r *roff) section(title string) { r.line(".SH %s", strings.ToUpper(title)) }

// paragraphs are texts with empty lines between them; an indented one stays as it is.
func (r *roff) paragraphs(text string) {
	for i, each := range strings.Split(text, "\n\n") {
		if i > 0 {
			r.line(".PP")
		}
		if strings.HasPrefix(each, "  ") {
			r.line(".EX\n%s\n.EE", escape(each))
			continue
		}
		r.text(each)
	}
}

// text is a paragraph's text, in lines below 80 columns.
func (r *roff) text(text string) {
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && len(line)+len(word) > 70 {
			r.line("%s", escape(line))
			line = ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	r.line("%s", escape(line))
}

// item is a paragraph under a head, which is roff already.
func (r *roff) item(head, text string) {
	r.line(".TP\n%s", head)
	r.text(text)
}

func (r *roff) flag(f *pflag.Flag) {
	if f.Hidden || f.Name == "help" || f.Name == "version" {
		return
	}
	argument, meaning := pflag.UnquoteUsage(f)
	head := `\fB\-\-` + escape(f.Name) + `\fR`
	if f.Shorthand != "" {
		head = `\fB\-` + f.Shorthand + `\fR, ` + head
	}
	if f.NoOptDefVal == "" {
		head += ` \fI` + escape(argument) + `\fR`
	}
	r.item(head, meaning+".")
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
