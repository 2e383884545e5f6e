package client

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"plain":                      {"Ann Smith", "Ann Smith"},
		"empty":                      {"", ""},
		"other scripts":              {"Zoë 李雷 Дмитрий שלום ไทย 🎉", "Zoë 李雷 Дмитрий שלום ไทย 🎉"},
		"decomposed Vietnamese":      {"Nguye\u0302\u0303n", "Nguye\u0302\u0303n"},
		"colour":                     {"a\x1b[31;1mb\x1b[0mc", "abc"},
		"the API page's attack":      {"Eve\x1b]52;c;ZXZpbA==\x07\x1b[31m\u202ex", "Evex"},
		"OSC ended by ST":            {"a\x1b]0;title\x1b\\b", "ab"},
		"OSC ended by C1 ST":         {"a\x1b]0;title\u009cb", "ab"},
		"OSC 8 link":                 {"\x1b]8;;http://evil\x1b\\text\x1b]8;;\x1b\\", "text"},
		"OSC without end":            {"a\x1b]52;c;ZXZpbA==", "a"},
		"OSC broken off":             {"a\x1b]52;c;Z\x18b", "ab"},
		"OSC in OSC":                 {"a\x1b]0;x\x1b]0;y\x07b", "ab"},
		"DCS":                        {"a\x1bPq#0;2;0\x1b\\b", "ab"},
		"APC":                        {"a\x1b_Gf=32;AAAA\x1b\\b", "ab"},
		"PM":                         {"a\x1b^private\x1b\\b", "ab"},
		"SOS":                        {"a\x1bXstart\x1b\\b", "ab"},
		"C1 CSI":                     {"a\u009b31mb", "ab"},
		"C1 OSC":                     {"a\u009d0;t\u009cb", "ab"},
		"C1 DCS":                     {"a\u0090q\u009cb", "ab"},
		"C1 APC, PM and SOS":         {"a\u009fx\u009cb\u009ex\u009cc\u0098x\u009cd", "abcd"},
		"8-bit CSI byte":             {"a\x9b31mb", "ab"},
		"8-bit OSC bytes":            {"a\x9d0;t\x9cb", "ab"},
		"CSI without end":            {"a\x1b[31;", "a"},
		"CSI broken off by ESC":      {"a\x1b[3\x1b[1mb", "ab"},
		"CSI broken off by text":     {"a\x1b[3é", "aé"},
		"lone ESC":                   {"a\x1b", "a"},
		"ESC before text":            {"a\x1bcb", "ab"},
		"character set":              {"a\x1b(0b", "ab"},
		"other C1":                   {"a\u0084b\x1bDc", "abc"},
		"NEL is a line break":        {"a\u0085b", "a b"},
		"line breaks and tabs":       {"a\r\nb\tc\vd\u2028e\u2029f", "a b c d e f"},
		"spaces become one":          {"  a  \u00a0\u3000b ", "a b"},
		"C0 and DEL":                 {"a\x00\x01\x08\x7fb", "ab"},
		"bidi":                       {"a\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061cb", "ab"},
		"zero width":                 {"a\u200b\u200c\u200d\u2060\ufeffb", "ab"},
		"tags":                       {"a\U000e0001\U000e0041\U000e007fb", "ab"},
		"private use":                {"a\ue0b0\U000f0000\U00100000b", "ab"},
		"noncharacters":              {"a\uffff\ufdd0\U0001fffeb", "ab"},
		"no UTF-8":                   {"a\xff\xc3\xed\xa0\x80b", "ab"},
		"fillers":                    {"a\u3164\u115f\u1160\uffa0\u034fb", "ab"},
		"variation selectors":        {"❤\ufe0f\U000e0100", "❤"},
		"stack of marks":             {"Z" + strings.Repeat("\u0301", 50) + "a", "Z" + strings.Repeat("\u0301", 4) + "a"},
		"stack interrupted":          {"Z\u0301\u0301\u0301\u0301\u200b\u0301", "Z\u0301\u0301\u0301\u0301"},
		"marks without a base":       {"\u0301\u0301a \u0301b", "a b"},
		"replacement character":      {"a\ufffdb", "a\ufffdb"},
		"sequence between base+mark": {"e\x1b[1m\u0301", "e\u0301"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := clean(test.in, textLimit); got != test.want {
				t.Errorf("clean(%q) = %q, want %q", test.in, got, test.want)
			}
		})
	}
}

func TestCleanLimits(t *testing.T) {
	tests := map[string]struct {
		in    string
		limit int
		want  string
	}{
		"exact":             {"abcde", 5, "abcde"},
		"one too many":      {"abcdef", 5, "abcd…"},
		"by runes":          {"äöüäöü", 5, "äöüä…"},
		"no space at the …": {"abc def", 5, "abc…"},
		"trailing space":    {"abcde   ", 5, "abcde"},
		"dropped are free":  {"\x00\x00\x00ab\u200bcde", 5, "abcde"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := clean(test.in, test.limit)
			if got != test.want {
				t.Errorf("clean(%q, %d) = %q, want %q", test.in, test.limit, got, test.want)
			}
			if again := clean(got, test.limit); again != got {
				t.Errorf("cleaned again: %q, want %q", again, got)
			}
		})
	}
}

// Every byte and every rune between letters; of the planes that hold nothing but
// ideographs or private use a sample.
func TestCleanEveryRune(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if r > 0x20000 && r < 0xe0000 || r > 0xe1000 {
			r += 0xfe
		}
		checkClean(t, "a"+string(r)+"b")
	}
	for b := range 256 {
		checkClean(t, "a"+string([]byte{byte(b)})+"b")
		checkClean(t, "a\x1b"+string([]byte{byte(b)})+"b")
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{
		"Ann", "Eve\x1b]52;c;ZXZpbA==\x07\x1b[31m\u202e", "\x1bP\x1b[", "\x9b31m", "\u009d\u009c", "\x1b[31;\u009b",
		"\x1b_a\x1b^b\x1bXc\x1b\\", "a\r\n\tb", "\U000e0041\ufe0f\u200d", "Z\u0301\u0301\u0301\u0301\u0301", "\xff\xed\xa0\x80", " \u0301 ",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) { checkClean(t, s) })
}

// checkClean holds a cleaned text to its promises.
func checkClean(t *testing.T, s string) {
	t.Helper()
	for _, limit := range []int{textLimit, 3} {
		got := clean(s, limit)
		if n := utf8.RuneCountInString(got); n > limit || !utf8.ValidString(got) {
			t.Fatalf("clean(%q, %d) = %q: %d runes, or no UTF-8", s, limit, got, n)
		}
		for _, r := range got {
			if !unicode.IsPrint(r) || invisible(r) {
				t.Fatalf("clean(%q, %d) = %q: holds %U", s, limit, got, r)
			}
		}
		if again := clean(got, limit); again != got {
			t.Fatalf("clean(%q, %d) = %q, and cleaned again %q", s, limit, got, again)
		}
	}
}

func BenchmarkClean(b *testing.B) {
	for name, s := range map[string]string{"plain": "Ann Smith of Berlin", "accents": "Zoë Müller of Malmö"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				clean(s, textLimit)
			}
		})
	}
}
