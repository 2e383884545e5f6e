package draw

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestWidthIsTheTerminals(t *testing.T) {
	for text, want := range map[string]int{"Ann": 3, "山田": 4, "น้ำ": 2, "e\u0301": 1, "👍🏽": 4, "\x1b[1mbold\x1b[m": 4, "क्ष": 2} {
		if got := Width(text); got != want {
			t.Errorf("%q: %d columns, want %d", text, got, want)
		}
		if cut := Truncate(text+text, want); Width(cut) > want {
			t.Errorf("%q cut to %d columns is %q", text+text, want, cut)
		}
		for _, part := range Hardwrap(text+text, want) {
			if Width(part) > want {
				t.Errorf("%q broken at %d columns has %q", text+text, want, part)
			}
		}
	}
}

// Two measures in one program would disagree about where a column begins.
func TestNothingMeasuresTextOtherwise(t *testing.T) {
	files, _ := filepath.Glob("../*.go")
	below, _ := filepath.Glob("../*/*.go")
	files = append(files, below...)
	if len(files) < 30 {
		t.Fatal("only these were found:", files)
	}
	other := regexp.MustCompile(`ansi\.(String)?(Width|Truncate|Cut|Hardwrap|Wordwrap|Wrap)\w*\(|lipgloss\.(Width|Size|JoinHorizontal|JoinVertical|Place)\w*\(|\.(Width|MaxWidth)\(`)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text = bytes.ReplaceAll(text, []byte("draw.Width("), nil)
		if found := other.Find(text); found != nil && filepath.Base(file) != "width.go" && !strings.HasSuffix(file, "_test.go") {
			t.Errorf("%s measures text with %s instead of the functions of width.go", file, found)
		}
	}
}
