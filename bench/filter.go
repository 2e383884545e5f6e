package main

import (
	"context"
	"time"

	"unleash-invite/demo"
)

// filterLinks is how many links are filtered.
const filterLinks = 100_000

// filter measures the keys of a filter's words among very many links.
func (b *bench) filter(ctx context.Context) error {
	server := demo.New(demo.Options{Links: manyLinks(time.Now(), filterLinks, 0)})
	content, err := list(ctx, server)
	if err != nil {
		return err
	}
	on := serve(listing(content, server))
	defer on.close()
	presses := []press{{"l", opens, "All links"}, {"/", moves, "Filter"}}
	presses = append(append(presses, typed("default")...), press{esc, leaves, ""})
	found, err := b.visit(on, "● Active", 1, presses)
	if err != nil {
		return err
	}
	const what = "filter of 100,000 links: CPU a key"
	cpu := median(found[writes].cpu)
	if cpu == 0 {
		b.note(what, unknown)
		return nil
	}
	b.limit(what, float64(cpu.Microseconds())/1000, 20, "%.1f ms")
	return nil
}
