// Package parallel runs functions at once without losing a panic: in a goroutine
// of its own it would end the program at once, and leave the terminal raw.
package parallel

import (
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
)

// Panic is the panic of one of the functions.
type Panic struct {
	value any
	stack []byte
}

// String tells the value that the function panicked with.
func (p *Panic) String() string { return fmt.Sprint(p.value) }

// Stack tells where.
func (p *Panic) Stack() []byte { return p.stack }

// Run runs the functions at once and waits for all. When one of them panics, so
// does Run, with a *Panic.
func Run(functions ...func()) {
	panics := make(chan *Panic, len(functions))
	var all sync.WaitGroup
	for _, f := range functions {
		all.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					panics <- &Panic{r, debug.Stack()}
				}
			}()
			f()
		})
	}
	all.Wait()
	select {
	case p := <-panics:
		panic(p)
	default:
	}
}

// Each calls do with each number from 0 to n-1, so many at once at most, and waits for all.
func Each(n, most int, do func(i int)) {
	var next atomic.Int64
	Run(slices.Repeat([]func(){func() {
		for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
			do(i)
		}
	}}, min(n, most))...)
}
