package parallel

import (
	"strings"
	"sync/atomic"
	"testing"
)

func TestRunWaitsForAllAndPassesAPanicOn(t *testing.T) {
	var ran atomic.Int32
	count := func() { ran.Add(1) }
	Run()
	Run(count, count)
	func() {
		defer func() {
			p, ok := recover().(*Panic)
			if !ok || p.String() != "a defect" || !strings.Contains(string(p.Stack()), "parallel_test.go") {
				t.Errorf("the panic is %v", p)
			}
		}()
		Run(count, func() { panic("a defect") }, count, count)
		t.Error("the panic is lost")
	}()
	if ran.Load() != 5 {
		t.Errorf("%d functions ran", ran.Load())
	}
}

func TestEach(t *testing.T) {
	for _, n := range []int{0, 1, 20} {
		var done, now, most atomic.Int64
		Each(n, 4, func(i int) {
			most.Store(max(most.Load(), now.Add(1)))
			done.Add(1 << i)
			now.Add(-1)
		})
		if done.Load() != 1<<n-1 || most.Load() > 4 {
			t.Errorf("%d: did %b, %d at once", n, done.Load(), most.Load())
		}
	}
}
