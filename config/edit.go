package config

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// The TOML library writes whole documents, without the comments that somebody
// wrote in them. So a profile is put into the text itself, where the library's
// parser says it belongs, and the result is read again before it counts.

// emptyProfiles is how the file begins.
const emptyProfiles = `# The Unleash instances that unleash-invite knows. Each [[profile]] has a name, a url and exactly one of
#   token_keyring = true                   the token is in the system keyring
#   token_command = "pass show unleash"    a command for the shell prints it
#   token_env = "ACME_TOKEN"               an environment variable holds it
#   token = "user:..."                     it is written here
# and optionally read_only = true, production = true and more, see the README. Above the first, default = "NAME" says where to start,
# and notify = true rings when somebody joins.
# No other user may change this file, or read it if there is a token in it (mode 0600).
`

// withProfile is the file's text with the profile in it, in place of one of the
// same name. All else stays as it was.
func withProfile(text []byte, p Profile) ([]byte, error) {
	before, err := parseProfiles(text)
	if err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(text)) == 0 {
		text = []byte(emptyProfiles)
	}
	d, err := outlineOf(text)
	if err != nil {
		return nil, err
	}
	wanted := Replaced(before, p)
	var e edits
	if at := slices.IndexFunc(wanted, func(each Profile) bool { return each.Default }); at >= 0 {
		d.setDefault(&e, wanted[at].Name)
	}
	old := slices.IndexFunc(before, func(each Profile) bool { return each.Name == p.Name })
	d.setProfile(&e, p, old >= 0 && slices.Equal(before[old].Headers, p.Headers))
	after := e.apply(text)
	if got, err := parseProfiles(after); err != nil || !slices.EqualFunc(got, wanted, Profile.Equal) {
		return nil, errors.New("is written in a way that the program can't change: write the profile into it by hand")
	}
	return after, nil
}

// Replaced are the profiles with p among them, in place of one of the same name. One
// that is the default stays it until another becomes it.
func Replaced(profiles []Profile, p Profile) []Profile {
	profiles = slices.Clone(profiles)
	at := slices.IndexFunc(profiles, func(other Profile) bool { return other.Name == p.Name })
	if at < 0 {
		at = len(profiles)
		profiles = append(profiles, Profile{Default: at == 0})
	}
	becomes := p.Default
	p.Default = p.Default || profiles[at].Default
	profiles[at] = p
	for i := range profiles {
		profiles[i].Default = profiles[i].Default && (i == at || !becomes)
	}
	return profiles
}

// outline is where things stand in the text, in bytes.
type outline struct {
	text   []byte
	top    []line // before the first table
	blocks []block
}

// block is a [[profile]] of the file.
type block struct {
	end   int // where its next key would stand
	lines []line
}

// line is a key with its value.
type line struct {
	key, value string // the value as it stands there
	start, end int    // whole lines
	from, to   int    // of the value
}

func outlineOf(text []byte) (outline, error) {
	d := outline{text: text}
	var p unstable.Parser
	p.Reset(text)
	profiles := true // within a [[profile]] or before any table
	var table *line  // of headers, within it
	for p.NextExpression() {
		e := p.Expression()
		first := e.Key()
		first.Next()
		key := first.Node()
		if e.Kind != unstable.KeyValue {
			table = nil
		}
		switch {
		case table != nil:
			table.end = max(table.end, d.lineEnd(d.valueEnd(e.Value())))
		case e.Kind == unstable.Table && len(d.blocks) > 0 && headersTable(first):
			b := &d.blocks[len(d.blocks)-1]
			at := int(key.Raw.Offset)
			b.lines = append(b.lines, line{key: "headers", start: d.lineStart(at), end: d.lineEnd(at)})
			table = &b.lines[len(b.lines)-1]
			profiles = false
		case e.Kind == unstable.ArrayTable && string(key.Data) == "profile":
			d.blocks = append(d.blocks, block{end: d.lineEnd(int(key.Raw.Offset))})
			profiles = true
		case e.Kind != unstable.KeyValue:
			profiles = false
		case profiles:
			from, to := int(e.Value().Raw.Offset), d.valueEnd(e.Value())
			l := line{
				key: string(key.Data), value: string(text[from:to]),
				start: d.lineStart(int(key.Raw.Offset)), end: d.lineEnd(to), from: from, to: to,
			}
			if n := len(d.blocks); n > 0 {
				d.blocks[n-1].end = l.end
				d.blocks[n-1].lines = append(d.blocks[n-1].lines, l)
			} else {
				d.top = append(d.top, l)
			}
		}
	}
	return d, p.Error()
}

func (d outline) lineStart(at int) int { return bytes.LastIndexByte(d.text[:at], '\n') + 1 }

func (d outline) lineEnd(at int) int {
	if n := bytes.IndexByte(d.text[at:], '\n'); n >= 0 {
		return at + n + 1
	}
	return len(d.text)
}

// valueEnd is where a value ends. Of a table in braces the parser tells where it begins alone.
func (d outline) valueEnd(value *unstable.Node) int {
	end := int(value.Raw.Offset + value.Raw.Length)
	for each := value.Children(); each.Next(); {
		end = max(end, d.valueEnd(each.Node()))
	}
	if value.Kind == unstable.InlineTable {
		end += bytes.IndexByte(d.text[end:], '}') + 1
	}
	return end
}

// setDefault names the profile to start with. The only profile is named, too, so
// that it stays the default when there is another.
func (d outline) setDefault(e *edits, name string) {
	at := slices.IndexFunc(d.top, func(l line) bool { return l.key == "default" })
	switch {
	case at >= 0 && unquoted(d.top[at].value) == name: // it is
	case at >= 0:
		e.replace(d.top[at].from, d.top[at].to, quoted(name))
	case len(d.blocks) == 0: // below the comment that the file begins with
		e.insert(d.text, len(d.text), "default = "+quoted(name)+"\n")
	default:
		e.insert(d.text, 0, "default = "+quoted(name)+"\n\n")
	}
}

// setProfile writes the profile's lines. Its headers may be spread over several, which stay where keepHeaders says so.
func (d outline) setProfile(e *edits, p Profile, keepHeaders bool) {
	wanted := p.lines()
	at := slices.IndexFunc(d.blocks, func(b block) bool {
		return slices.ContainsFunc(b.lines, func(l line) bool { return l.key == "name" && unquoted(l.value) == p.Name })
	})
	if at < 0 {
		var text strings.Builder
		text.WriteString("\n[[profile]]\n")
		for _, l := range wanted {
			text.WriteString(l.key + " = " + l.value + "\n")
		}
		e.insert(d.text, len(d.text), text.String())
		return
	}
	b := d.blocks[at]
	if keepHeaders {
		wanted = slices.DeleteFunc(wanted, func(l line) bool { return l.key == "headers" })
	}
	for _, l := range b.lines {
		if l.key == "headers" && keepHeaders {
			continue
		}
		i := slices.IndexFunc(wanted, func(w line) bool { return w.key == l.key })
		switch {
		case i < 0:
			e.replace(l.start, l.end, "")
			continue
		case unquoted(l.value) != unquoted(wanted[i].value):
			e.replace(l.from, l.to, wanted[i].value)
		}
		wanted = slices.Delete(wanted, i, i+1)
	}
	for _, l := range wanted {
		e.insert(d.text, b.end, l.key+" = "+l.value+"\n")
	}
}

// lines are the profile's keys and values as they stand in the file.
func (p Profile) lines() []line {
	lines := []line{{key: "name", value: quoted(p.Name)}, {key: "url", value: quoted(p.URL)}}
	switch p.Source.Kind {
	case InKeyring:
		lines = append(lines, line{key: "token_keyring", value: "true"})
	case ByCommand:
		lines = append(lines, line{key: "token_command", value: quoted(p.Source.From)})
	case InEnvironment:
		lines = append(lines, line{key: "token_env", value: quoted(p.Source.From)})
	case InFile:
		lines = append(lines, line{key: "token", value: quoted(string(p.Source.Token))})
	}
	if p.ReadOnly {
		lines = append(lines, line{key: "read_only", value: "true"})
	}
	if p.Production {
		lines = append(lines, line{key: "production", value: "true"})
	}
	for _, l := range []line{
		{key: "ca_file", value: p.Secure.CAFile}, {key: "client_certificate", value: p.Secure.ClientCertificate},
		{key: "client_key", value: p.Secure.ClientKey}, {key: "server_name", value: p.Secure.ServerName},
		{key: "unix_socket", value: p.Secure.UnixSocket},
	} {
		if l.value != "" {
			l.value = quoted(l.value)
			lines = append(lines, l)
		}
	}
	if len(p.Headers) > 0 {
		lines = append(lines, line{key: "headers", value: inFile(p.Headers)})
	}
	return lines
}

// shown are the profile's lines in one, for a message; the secrets in it are left out.
func (p Profile) shown() string {
	p.Headers = slices.Clone(p.Headers)
	for i := range p.Headers {
		if p.Headers[i].Value.Kind == InFile {
			p.Headers[i].Value.Token = "…"
		}
	}
	parts := []string{"[[profile]]"}
	for _, l := range p.lines() {
		if l.key == "token" {
			l.value = `"…"`
		}
		parts = append(parts, l.key+" = "+l.value)
	}
	if p.Default {
		parts = append(parts, "and above the first [[profile]] default = "+quoted(p.Name))
	}
	return strings.Join(parts, "  ")
}

// quoted is a printable text as a TOML string.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// unquoted returns what a value means, as far as it is one that quoted makes or of
// which nothing can differ in spelling; of others it is the text as it stands.
func unquoted(value string) string {
	switch {
	case len(value) >= 2 && value[0] == '\'' && !strings.HasPrefix(value, "''"):
		return value[1 : len(value)-1]
	case len(value) >= 2 && value[0] == '"' && !strings.HasPrefix(value, `""`):
		return strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(value[1 : len(value)-1])
	}
	return value
}

// edits are changes to a text; no two overlap.
type edits []edit

type edit struct {
	from, to int
	text     string
}

func (e *edits) replace(from, to int, text string) { *e = append(*e, edit{from, to, text}) }

// insert adds whole lines at a place that begins a line, or ends the text.
func (e *edits) insert(text []byte, at int, lines string) {
	if at > 0 && text[at-1] != '\n' && !slices.ContainsFunc(*e, func(x edit) bool { return x.from == at && x.to == at }) {
		lines = "\n" + lines
	}
	e.replace(at, at, lines)
}

func (e *edits) apply(text []byte) []byte {
	slices.SortStableFunc(*e, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	var out []byte
	done := 0
	for _, x := range *e {
		out = append(append(out, text[done:x.from]...), x.text...)
		done = x.to
	}
	return append(out, text[done:]...)
}

// headersTable reports whether a table's name is profile.headers, whose first part it has been moved to.
func headersTable(name unstable.Iterator) bool {
	profile := string(name.Node().Data) == "profile"
	return profile && name.Next() && string(name.Node().Data) == "headers" && name.IsLast()
}
