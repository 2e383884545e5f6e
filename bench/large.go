package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os/exec"
	"strconv"
	"time"

	"unleash-invite/demo"
)

// The size of a large instance.
const (
	largeTokens = 10_000
	largePeople = 10 // for each token
)

// large measures the start on an instance that had a great many links and people.
func (b *bench) large(ctx context.Context) error {
	server := demo.New(demo.Options{Links: manyLinks(time.Now(), largeTokens, largePeople)})
	content, err := list(ctx, server)
	if err != nil {
		return err
	}
	file, err := b.file("large.json", string(content))
	if err != nil {
		return err
	}
	on := serve(listing(content, server))
	defer on.close()
	var verdicts []time.Duration
	var peaks []int
	taken, err := inTurns(b.scale,
		func() (time.Duration, error) {
			run, err := b.untilStatus(on, false)
			verdicts, peaks = append(verdicts, run.verdict), append(peaks, run.peak)
			return run.status, err
		},
		func() (time.Duration, error) { return b.decoded(file) },
		func() (time.Duration, error) { return untilWritten(on.env(b.folder), b.bare, on.url+tokensPath) },
	)
	if err != nil {
		return err
	}
	const what = "large instance: "
	b.note(what+"its list", fmt.Sprintf("%d tokens, %d people, %.1f MB", largeTokens, largeTokens*largePeople, float64(len(content))/1e6))
	b.note(what+"start → status", milliseconds(taken[0]))
	b.note(what+"start → the server's own verdict", milliseconds(verdicts))
	b.limit(what+"start → status against decoding alone ("+milliseconds(taken[1])+")", ratio(taken[0], taken[1]), 1.5, "%.2f ×")
	b.note(what+"start → status against a bare Go program that fetches and decodes ("+milliseconds(taken[2])+")",
		times(ratio(taken[0], taken[2])))
	b.memory(what+"peak memory", peaks, noBudget)
	moved, err := b.visitList(on)
	if err != nil {
		return err
	}
	b.note(what+"key → its change in the list", latency(moved))
	return nil
}

// manyLinks are a live one and very many that no longer work, half of them deleted.
func manyLinks(now time.Time, count, people int) []demo.Link {
	links := make([]demo.Link, count)
	for i := range links {
		joined := make([]string, people)
		for j := range joined {
			joined[j] = fmt.Sprintf("Person %06d of the Department of Measuring Things that Are Very Large Indeed", i*people+j)
		}
		age := time.Duration(count-i) * time.Hour
		links[i] = demo.Link{
			Name: "default", CreatedAt: now.Add(-age - 48*time.Hour), ExpiresAt: now.Add(-age), Deleted: i%2 == 0, Joined: joined,
		}
	}
	last := &links[count-1]
	last.ExpiresAt, last.Deleted = now.AddDate(0, 0, 5), false
	return links
}

// listing answers with a list made beforehand, so that the server's work is not measured.
func listing(content []byte, others http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || r.URL.Path != tokensPath {
			others.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Header().Set("Content-Length", strconv.Itoa(len(content)))
		_, _ = w.Write(content) // fails when the program has ended
	})
}

// decoded is how long decoding a list takes, nothing else counted.
func (b *bench) decoded(file string) (time.Duration, error) {
	output, err := exec.Command(b.bare, "decode", file).Output() //nolint:gosec,noctx // our own program, and it ends by itself
	if err != nil {
		return 0, fmt.Errorf("decoding alone: %w", err)
	}
	fields := bytes.Fields(output)
	nanoseconds, err := strconv.ParseInt(string(fields[len(fields)-1]), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("decoding alone says %q", output)
	}
	return time.Duration(nanoseconds), nil
}

// visitList goes down the list of all links.
func (b *bench) visitList(on target) ([]time.Duration, error) {
	presses := []press{{"l", opens, "All links"}}
	for range 10 * b.tours {
		presses = append(presses, press{down, moves, ""})
	}
	found, err := b.visit(on, "● Active", 1, presses)
	if err != nil {
		return nil, err
	}
	return found[moves].took, nil
}
