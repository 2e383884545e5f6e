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
