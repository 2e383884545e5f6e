package words

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// stiff are phrases that nobody who runs servers would say.
var stiff = regexp.MustCompile(`(?i)\b(` + strings.Join([]string{
	"dies", "as long as the old one", "keep it", "leave it", "works no more", "replace it by", "anew", "ask the server now",
	"(go|goes) to it", "default here", "one a line", "argument too many", "last day has begun", "in the way", "shown is",
	"looking what", "(become|becomes|became) of", "all the same", "meanwhile", "the person", "is no admin", "says that",
	"(it|this|that|which) is no", "known of", "from then on",
}, "|") + `)\b`)

func TestNothingIsSaidStiffly(t *testing.T) {
	for _, file := range sentences(t) {
		for _, text := range file.texts {
			if found := stiff.FindString(text); found != "" {
				t.Errorf("%s says %q: %s", file.file, found, text)
			}
		}
	}
	for _, name := range []string{"README.md", "CHANGELOG.md", "SECURITY.md", "CONTRIBUTING.md", "docs/architecture.md"} {
		text, err := os.ReadFile("../../" + name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			if found := stiff.FindString(line); found != "" {
				t.Errorf("%s, line %d says %q: %s", name, i+1, found, line)
			}
		}
	}
}

// A sentence ends with one full stop; what it is made of may lack it.
func TestSentencesEndOnce(t *testing.T) {
	for _, file := range sentences(t) {
		for _, text := range file.texts {
			if regexp.MustCompile(`[!?…]\.($|\s)|!!|[^.]\.\.($|\s)|\pL ,`).MatchString(text) {
				t.Errorf("%s: %s", file.file, text)
			}
		}
	}
}
