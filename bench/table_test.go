package main

import (
	"testing"
	"time"
)

func TestTable(t *testing.T) {
	all := table{verdicts: true}
	all.limit("bytes", 20, 20, "%.0f")
	all.limit("time", 1.501, 1.5, "%.2f ×")
	all.note("start", milliseconds([]time.Duration{12340 * time.Microsecond}))
	all.memory("memory", []int{15 << 10}, plainMemory)
	all.memory("much", []int{16 << 10}, plainMemory)
	all.memory("nothing known", []int{0}, plainMemory)
	want := `| what | measured | budget |  |
| --- | --- | --- | --- |
| bytes | 20 | ≤ 20 | met |
| time | 1.50 × | ≤ 1.50 × | **not met** |
| start | 12.3 ms |  |  |
| memory | 15.0 MB | ≤ 15.0 MB | met |
| much | 16.0 MB | ≤ 15.0 MB | **not met** |
| nothing known | this system does not tell |  |  |
`
	if got := all.String(); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	smoke := table{}
	smoke.limit("bytes", 21, 20, "%.0f")
	if row := smoke.rows[0]; row[3] != "" {
		t.Errorf("a smoke run gives the verdict %q", row[3])
	}
}

// Round trips are judged as they are shown.
func TestJourneysAreJudgedToATenth(t *testing.T) {
	all := table{verdicts: true}
	all.journey("a", 3.04, 4, 3)
	all.journey("b", 3.06, 4, 3)
	want := `| round trips over TLS 1.3 | HTTP/2 | HTTP/1.1 | budget |  |
| --- | --- | --- | --- | --- |
| a | 3.0 | 4.0 | ≤ 3.0 | met |
| b | 3.1 | 4.0 | ≤ 3.0 | **not met** |
`
	if got := all.String(); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}
