package tui

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"unleash-invite/tui/draw"
	"unleash-invite/tui/screen"
	"unleash-invite/tui/terminal"
)

// FuzzWhatTheServerSends sends an attack in every field and header of every kind
// of answer, through the real client, and looks at every byte that the program would
// write: the screens by Bubble Tea's renderer, the plain status, errors, and what is
// sent to the terminal's clipboard.
func FuzzWhatTheServerSends(f *testing.F) {
	for i, attack := range attacks() {
		for kind := range kinds {
			all := attack[:min(len(attack), 2)] != "a\x1b" && !testing.Short()
			some := kind == i%kinds && (i%9 == 0 || !testing.Short()) // of these there are many
			if all || some {
				f.Add([]byte(attack), uint8(kind))
			}
		}
	}
	f.Fuzz(func(t *testing.T, attack []byte, kind uint8) {
		d := start(t, 80, 24, live("default"))
		d.m.copier.clipboard.Environ = []string{"SSH_TTY=/dev/pts/1"}
		d.m.session.User.Name, d.m.session.Server.Version = "", "" // so that they are asked for again
		d.net.set(attacker(attack, int(kind)%kinds))
		d.refreshed()
		var shown []tea.View
		look := func(keys ...string) {
			d.press(keys...)
			for _, size := range [][2]int{{40, 12}, {120, 40}} {
				d.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
				shown = append(shown, d.m.View())
			}
		}
		look()
		for _, keys := range [][]string{
			{"c"}, {"j"}, {"esc", "l"}, {"end"}, {"c"}, {"u"}, {"esc", "esc", "d"}, {"y"}, {"r"}, {"x", "e"}, {"enter"}, {"esc", "n"}, {"enter"},
			{"esc", "ctrl+r"},
		} {
			look(keys...)
		}
		for _, view := range shown {
			if what := foreign([]byte(view.Content)); what != "" {
				t.Fatalf("%s is on the screen\n%q", what, view.Content)
			}
			if what := foreign([]byte(view.WindowTitle)); what != "" || strings.ContainsAny(view.WindowTitle, "\x1b\n") {
				t.Fatalf("%s is in the title: %q", what, view.WindowTitle)
			}
		}
		for _, view := range []tea.View{shown[1], shown[len(attack)%len(shown)]} { // the renderer takes its time
			view.WindowTitle = "" // which is plain text, as checked above
			if what := foreign(drawn(t, view)); what != "" {
				t.Fatalf("%s was drawn of\n%q", what, view.Content)
			}
		}
		checkCopies(t, d)
		checkWords(t, d)
	})
}

// checkCopies wants one sequence with one web address in each text for the clipboard.
func checkCopies(t *testing.T, d *driver) {
	t.Helper()
	for _, sequence := range d.raw {
		body, begins := strings.CutPrefix(sequence, "\x1b]52;c;")
		body, ends := strings.CutSuffix(body, "\x07")
		link, err := base64.StdEncoding.DecodeString(body)
		if !begins || !ends || err != nil || !screen.SafeLink(string(link)) {
			t.Fatalf("sent to the clipboard: %q, %q", sequence, link)
		}
	}
	for _, link := range d.copies {
		if !screen.SafeLink(link) {
			t.Fatalf("copied: %q", link)
		}
	}
}

// checkWords looks at what is printed on standard output and standard error.
func checkWords(t *testing.T, d *driver) {
	t.Helper()
	var out strings.Builder
	on := d.m.session.Instance
	if links, err := on.API.Look(context.Background()); err != nil {
		out.WriteString(draw.Sentence(err) + "\n")
	} else {
		server, _ := on.API.Server(context.Background()) // without it there are fewer warnings
		out.WriteString(screen.Plain(links, server, on.Address, d.clock()))
	}
	farewell, _ := d.m.Farewell(false)
	for line := range strings.SplitSeq(out.String()+farewell, "\n") {
		if what := foreign([]byte(line)); what != "" || strings.Contains(line, "\x1b") {
			t.Fatalf("%s was printed: %q", what, line)
		}
	}
}

// picture is a program that shows one view and ends.
type picture struct{ view tea.View }

func (picture) Init() tea.Cmd                         { return tea.Quit }
func (p picture) Update(tea.Msg) (tea.Model, tea.Cmd) { return p, nil }
func (p picture) View() tea.View                      { return p.view }

// drawn are the bytes that the terminal gets for a view.
func drawn(t *testing.T, view tea.View) []byte {
	t.Helper()
	var out bytes.Buffer
	_, err := tea.NewProgram(picture{view},
		tea.WithInput(nil), tea.WithOutput(&out), tea.WithoutSignalHandler(), tea.WithWindowSize(120, 40),
		tea.WithEnvironment([]string{"TERM=xterm-256color"}), tea.WithColorProfile(colorprofile.ANSI),
	).Run()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(out.Bytes(), []byte("unleash-invite")) && !strings.Contains(ansi.Strip(out.String()), "●") && !bytes.Contains(out.Bytes(), []byte("○")) && !strings.Contains(ansi.Strip(out.String()), "? Unknown") {
		t.Fatalf("nothing was drawn: %q", out.String())
	}
	return (&terminal.Output{}).Quiet(out.Bytes())
}

// own are the control sequences that the program writes: moving, erasing, styles of the
// theme's colours, and its modes. Everything else is somebody else's.
var own = regexp.MustCompile(`^(\x1b\[[0-9;]*[ABCDEFGHJKLMPSTX@bdr` + "`" + `]|\x1b\[([0-9;]*)m|\x1b\[\?(7|25|1049|2004)[hl]|\x1bM|[\r\n\x08])`)

// styles of the program, as parameters of SGR.
var ownStyles = []string{"", "0", "1", "2", "7", "22", "27", "31", "32", "33", "34", "35", "36", "39", "30", "37", "97", "90", "40", "47", "107", "49"}

// foreign returns what the bytes hold besides text that can be seen and the program's own sequences, or nothing.
func foreign(out []byte) string {
	for len(out) > 0 {
		if m := own.FindSubmatch(out); m != nil {
			for p := range strings.SplitSeq(string(m[2]), ";") {
				if !slices.Contains(ownStyles, p) {
					return fmt.Sprintf("the style %q", m[0])
				}
			}
			if bytes.HasSuffix(m[0], []byte("3J")) {
				return "erasing what was scrolled away"
			}
			out = out[len(m[0]):]
			continue
		}
		r, size := utf8.DecodeRune(out)
		if r == utf8.RuneError && size == 1 || !visible(r) {
			return fmt.Sprintf("%U in %q", r, out[:min(len(out), 20)])
		}
		out = out[size:]
	}
	return ""
}

// hidden are characters that are seen by nobody or change how others are seen, by their numbers.
var hidden = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x00ad, Hi: 0x00ad, Stride: 1}, {Lo: 0x034f, Hi: 0x034f, Stride: 1}, {Lo: 0x061c, Hi: 0x061c, Stride: 1},
		{Lo: 0x115f, Hi: 0x1160, Stride: 1}, {Lo: 0x17b4, Hi: 0x17b5, Stride: 1}, {Lo: 0x180b, Hi: 0x180f, Stride: 1},
		{Lo: 0x200b, Hi: 0x200f, Stride: 1}, {Lo: 0x2028, Hi: 0x202e, Stride: 1}, {Lo: 0x2060, Hi: 0x206f, Stride: 1},
		{Lo: 0x3164, Hi: 0x3164, Stride: 1}, {Lo: 0xd800, Hi: 0xf8ff, Stride: 1}, {Lo: 0xfe00, Hi: 0xfe0f, Stride: 1},
		{Lo: 0xfeff, Hi: 0xfeff, Stride: 1}, {Lo: 0xffa0, Hi: 0xffa0, Stride: 1}, {Lo: 0xfff0, Hi: 0xfffb, Stride: 1},
	},
	R32: []unicode.Range32{{Lo: 0xe0000, Hi: 0x10ffff, Stride: 1}},
}

func visible(r rune) bool {
	return r >= ' ' && (r < 0x7f || r > 0x9f) && !unicode.Is(hidden, r) && !unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)
}

// The ways in which an attack is sent.
const (
	escaped  = iota // as JSON that says it
	verbatim        // between the quotes of JSON, as it is
	refusal         // as the reason of a refusal
	plainly         // as a body that is no JSON
	redirect        // as the target of a redirect
	header          // as the header lines of a refusal
	kinds
)

// attacker answers every request with the attack.
func attacker(attack []byte, kind int) func(*http.Request) (*http.Response, error) {
	said, _ := json.Marshal(string(attack))
	if kind == verbatim {
		said = slices.Concat([]byte{'"'}, attack, []byte{'"'})
	}
	x := string(said)
	return func(r *http.Request) (*http.Response, error) {
		raw := "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nETag: W/\"x\"\r\nConnection: close\r\n\r\n" + content(r.URL.Path, x)
		switch kind {
		case refusal:
			raw = "HTTP/1.1 403 " + string(attack) + "\r\nContent-Type: application/json\r\n\r\n" +
				fmt.Sprintf(`{"id":%[1]s,"name":%[1]s,"message":%[1]s,"error":%[1]s,"details":[{"message":%[1]s,"path":%[1]s}],"permission":%[1]s}`, x)
		case plainly:
			raw = "HTTP/1.1 409 Conflict\r\nContent-Type: text/plain\r\n\r\n" + string(attack)
		case redirect:
			raw = "HTTP/1.1 302 Found\r\nLocation: https://evil.example/" + string(attack) + "\r\nContent-Length: 0\r\n\r\n"
		case header:
			raw = "HTTP/1.1 409 Conflict\r\nRetry-After: " + string(attack) + "\r\nContent-Type: " + string(attack) +
				"\r\nX-" + string(attack) + ": 1\r\nContent-Encoding: " + string(attack) + "\r\n\r\nno"
		}
		resp, err := http.ReadResponse(bufio.NewReader(strings.NewReader(raw)), r)
		if err != nil {
			return nil, errors.Join(errors.New("net/http"), err)
		}
		return resp, nil
	}
}

// content is an answer of the path's shape with the text in each of its fields.
func content(path, x string) string {
	link := func(secret, url string) string {
		return fmt.Sprintf(`{"secret":%q,"name":%[3]s,"url":%[2]s,"expiresAt":"2026-12-01T00:00:00Z","enabled":true,"createdAt":%[3]s,"createdBy":%[3]s,`+
			`"role":{"id":3,"name":%[3]s},"users":[{"id":2,"name":%[3]s,"username":%[3]s,"email":%[3]s},{"id":3,"name":"","username":%[3]s}],"new":{"a":[%[3]s]}}`,
			secret, url, x)
	}
	switch {
	case strings.HasSuffix(path, "/tokens"):
		inside := `"https://flags.acme.io/new-user?invite=` + strings.Trim(x, `"`) + `"`
		gone := strings.Replace(link("cccc", "null"), `"enabled":true`, `"enabled":false`, 1)
		return `{"version":` + x + `,"tokens":[` + link("aaaa", x) + `,` + link("bbbb", inside) + `,` + gone + `]}`
	case strings.HasSuffix(path, "/user"):
		return fmt.Sprintf(`{"user":{"name":%[1]s,"username":%[1]s,"email":%[1]s},"permissions":[{"permission":"ADMIN"},{"permission":%[1]s}]}`, x)
	case strings.HasSuffix(path, "/ui-config"):
		return fmt.Sprintf(`{"version":%[1]s,"name":%[1]s,"environment":%[1]s,"unleashUrl":%[1]s,"versionInfo":{"current":{"oss":%[1]s,"enterprise":%[1]s}}}`, x)
	case strings.HasSuffix(path, "/events"):
		return fmt.Sprintf(`{"events":[{"id":1,"type":%[1]s,"createdBy":%[1]s,"createdAt":%[1]s,"data":{"userId":2,"secret":%[1]s}}],"total":1}`, x)
	default:
		return link("aaaa", x)
	}
}
