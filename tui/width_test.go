package tui

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestWidthIsTheTerminals(t *testing.T) {
	for text, want := range map[string]int{"Ann": 3, "山田": 4, "น้ำ": 2, "e\u0301": 1, "👍🏽": 4, "\x1b[1mbold\x1b[m": 4, "क्ष": 2} {
		if got := widthOf(text); got != want {
			t.Errorf("%q: %d columns, want %d", text, got, want)
		}
		if cut := truncate(text+text, want); widthOf(cut) > want {
			t.Errorf("%q cut to %d columns is %q", text+text, want, cut)
		}
		for _, part := range hardwrap(text+text, want) {
			if widthOf(part) > want {
				t.Errorf("%q broken at %d columns has %q", text+text, want, part)
			}
		}
	}
}

// Two measures in one program would disagree about where a column begins.
func TestNothingMeasuresTextOtherwise(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	other := regexp.MustCompile(`ansi\.(String)?(Width|Truncate|Cut|Hardwrap|Wordwrap|Wrap)\w*\(|lipgloss\.(Width|Size|JoinHorizontal|JoinVertical|Place)\w*\(|\.(Width|MaxWidth)\(`)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if found := other.Find(text); found != nil && file != "width.go" && !strings.HasSuffix(file, "_test.go") {
			t.Errorf("%s measures text with %s instead of the functions of width.go", file, found)
		}
	}
}
