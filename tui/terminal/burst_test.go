package terminal

import (
	"testing"
	"time"
)

func TestSeveralCharactersInOneReadArePasted(t *testing.T) {
	const begins, ends = pasteBegins, pasteEnds
	for read, want := range map[string]string{
		"d":                         "d",
		"jjjj":                      "jjjj", // a key that is held down
		"dy":                        begins + "dy" + ends,
		"try again, everybody":      begins + "try again, everybody" + ends,
		"user:u\r":                  begins + "user:u\r" + ends,
		"a\nb":                      begins + "a\nb" + ends,
		"n\r\r":                     "n\r\r",
		"\r":                        "\r",
		"\x1b[A\x1b[B":              "\x1b[A\x1b[B",
		"ab\x1b[Acd\x03":            begins + "ab" + ends + "\x1b[A" + begins + "cd" + ends + "\x03",
		"\x1bb":                     "\x1bb",
		"日本":                        begins + "日本" + ends,
		begins + "dy" + ends:        begins + "dy" + ends,
		begins + "d\x1b[Ay" + ends:  begins + "d\x1b[Ay" + ends,
		begins + "dy" + ends + "dy": begins + "dy" + ends + begins + "dy" + ends,
	} {
		var b burst
		if got := string(b.mark([]byte(read), time.Now())); got != want {
			t.Errorf("%q was taken for %q, want %q", read, got, want)
		}
	}
}

func TestTheRestOfABurstBelongsToIt(t *testing.T) {
	var b burst
	now := time.Now()
	b.mark([]byte("user:0123456789ab"), now)
	if got := string(b.mark([]byte("d"), now.Add(sameBurst/2))); got != pasteBegins+"d"+pasteEnds {
		t.Errorf("its last character is %q", got)
	}
	if got := string(b.mark([]byte("d"), now.Add(sameBurst*2))); got != "d" {
		t.Errorf("a key long after is %q", got)
	}
	b = burst{}
	b.mark([]byte(pasteBegins+"some of"), now)
	if got := string(b.mark([]byte("dy"), now)); got != "dy" {
		t.Errorf("inside of a paste that the terminal marked %q", got)
	}
	if got := string(b.mark([]byte("dy"+pasteEnds+"n"), now)); got != "dy"+pasteEnds+"n" {
		t.Errorf("at its end %q", got)
	}
}

// What is marked must fit where it was read.
func TestMarkingGrowsNoMoreThanThereIsRoom(t *testing.T) {
	for _, unit := range []string{"ab\x03", "ab\x1bc", "ab\x1b[A", "日本\x01"} {
		var read []byte
		for len(read) < 600 {
			read = append(read, unit...)
		}
		var b burst
		if got := b.mark(read, time.Now()); len(got) > len(read)*markedGrows {
			t.Errorf("%q makes %d bytes of %d", unit, len(got), len(read))
		}
	}
}
