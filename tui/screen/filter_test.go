package screen

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"unleash-invite/model"
)

func TestHolds(t *testing.T) {
	for _, test := range []struct {
		text, words string
		want        bool
	}{
		{"", "", true},
		{"", "a", false},
		{"Autumn Workshop", "workshop", true},
		{"Autumn Workshop", "shops", false},
		{"aab", "ab", true},
		{"Équipe", "équi", true},
		{"Équipe", "equi", false},
		{"ÅÄÖ", "äö", true},
		{"山田 太郎", "太", true},
		{"İstanbul", "ist", true},
		{"a\xffb", "b", true},
	} {
		if got := holds(test.text, test.words); got != test.want {
			t.Errorf("%q in %q: %v", test.words, test.text, got)
		}
	}
}

// Whatever the texts, it is what lower case would find.
func TestHoldsIsLikeLowerCase(t *testing.T) {
	letters := []rune("aAbB éÉß太İ")
	random := func(most int) string {
		var text strings.Builder
		for range rand.N(most) {
			text.WriteRune(letters[rand.N(len(letters))])
		}
		return text.String()
	}
	for range 20_000 {
		text, words := random(9), strings.ToLower(random(4))
		if got, want := holds(text, words), strings.Contains(strings.ToLower(text), words); got != want {
			t.Fatalf("%q in %q: %v, want %v", words, text, got, want)
		}
	}
}

// At a hundred thousand links each copy would be felt at every key.
func TestFilteringMakesNoCopies(t *testing.T) {
	now := time.Now()
	link := model.Token{
		Secret: "0123456789abcdef", Name: "Équipe of Ümit", CreatedBy: "Admin", Enabled: true,
		Joined: []model.Person{{Name: "Ann Smith", Username: "ann"}, {Name: "山田 太郎"}},
	}
	for _, wanted := range []string{"nobody", "ümlaut", "0123x", "山川"} {
		if n := testing.AllocsPerRun(10, func() {
			if matches(&link, wanted, now) {
				t.Errorf("%q is found", wanted)
			}
		}); n != 0 {
			t.Errorf("looking for %q makes %v copies", wanted, n)
		}
	}
}
