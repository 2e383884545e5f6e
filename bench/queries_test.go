package main

import (
	"strings"
	"testing"
)

func TestQueries(t *testing.T) {
	asked := []string{
		"\x1b[c", "\x1b[>c", "\x1b[6n", "\x1b[5n", "\x1b[?996n", "\x1b[?2026$p", "\x1b[?u", "\x1b[>q", "\x1b[>0q", "\x1b[14t",
		"\x1b]11;?\x07", "\x1b]10;?\x1b\\", "\x1b]4;3;?\x07", "\x1bP+q544e\x1b\\", "\x1bP$qm\x1b\\", "\x1b_Gi=31,a=q;AAAA\x1b\\",
	}
	for _, q := range asked {
		found := queries([]byte("ab" + q + "cd"))
		if len(found) != 1 || found[0].end != 2+len(q) || found[0].answer == "" {
			t.Errorf("%q: %v, want one query that ends at %d", q, found, 2+len(q))
		}
	}
	if found := queries([]byte(strings.Join(asked, ""))); len(found) != len(asked) {
		t.Errorf("%d found, want %d", len(found), len(asked))
	}
	for _, none := range []string{"\x1b[1;31m", "\x1b[?2026h", "\x1b[?25l", "\x1b[>1u", "\x1b[2J", "\x1b]0;title\x07", "\x1b]11;#000000\x07", "6n", "\x1b[8;24;80t"} {
		if found := queries([]byte(none)); len(found) != 0 {
			t.Errorf("%q is taken for %d queries", none, len(found))
		}
	}
}
