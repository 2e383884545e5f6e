package scale

import (
	"slices"
	"testing"
	"time"

	"unleash-invite/e2e/terminal"
)

const (
	manyTokens = 10_000 // with 100,000 people, 15 MB
	mostTokens = 74_000 // 100 MB
	tooMany    = 150_000
)

func TestTenThousandLinks(t *testing.T) {
	i := startInstance(t, &instance{tokens: manyTokens})
	term := open(t, i)
	term.WaitFor("● Active")
	if n := i.verdicts.Load(); n != 1 {
		t.Errorf("the server was asked about %d links, want the live one alone", n)
	}
	term.Type("l")
	term.WaitFor("of 10001, 1 live")
	if most := peak(t, term); most > 200 { // the links, and who joined by them with their accounts
		t.Errorf("the program took %d MiB of memory", most)
	}
	t.Logf("%d MB, %d MiB of memory", i.sent.Load()/1e6, peak(t, term))
}

// pressing opens and closes the help until the list is there, and reports how long the keys took to show.
func pressing(term *terminal.Terminal, done func() bool) []time.Duration {
	var waits []time.Duration
	for !done() {
		began := time.Now()
		term.Type("?")
		term.WaitFor("In a form")
		waits = append(waits, time.Since(began))
		began = time.Now()
		term.Type("?") // any key closes it
		term.WaitForAbsent("In a form")
		waits = append(waits, time.Since(began))
		time.Sleep(20 * time.Millisecond)
	}
	slices.Sort(waits)
	return waits
}

// While 100 MB come in, keys are answered as if nothing happened. The bounds are for a busy machine; a program that
// reads or sorts the list before it hears a key takes seconds.
func TestKeysAreAnsweredWhile100MBComeIn(t *testing.T) {
	i := startInstance(t, &instance{tokens: mostTokens})
	term := open(t, i)
	term.WaitFor("asking the server")
	began := time.Now()
	waits := pressing(term, func() bool { return i.verdicts.Load() > 0 })
	took := time.Since(began)
	term.WaitFor("● Active")
	median, slowest := waits[len(waits)/2], waits[len(waits)-1]
	t.Logf("%d MB in %s; of %d keys the median took %s and the slowest %s; %d MiB of memory",
		i.sent.Load()/1e6, took, len(waits), median, slowest, peak(t, term))
	if len(waits) < 10 || median > 150*time.Millisecond || slowest > 2*time.Second {
		t.Errorf("keys were not answered: %s", waits)
	}
	if most := peak(t, term); most > 450 {
		t.Errorf("the program took %d MiB of memory", most)
	}
}

func TestAnAnswerThatIsTooLargeIsShownAsFarAsItWasRead(t *testing.T) {
	i := startInstance(t, &instance{tokens: tooMany})
	term := open(t, i)
	term.WaitFor("there may be more links")
	term.WaitFor("● Active")
	if most := peak(t, term); most > 500 {
		t.Errorf("the program took %d MiB of memory", most)
	}
	t.Logf("%d MiB of memory", peak(t, term))
	term.Type("q")
	term.Wait()
}

func TestEscStopsTheLoad(t *testing.T) {
	i := startInstance(t, &instance{tokens: mostTokens, stall: make(chan struct{})})
	term := open(t, i)
	term.WaitFor("esc stop")
	term.Type("esc")
	term.WaitFor("You stopped asking the server: ctrl+r asks again.")
	for deadline := time.Now().Add(20 * time.Second); i.abandoned.Load() == 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the server still sends")
		}
	}
	close(i.stall)
	term.Type("ctrl+r")
	term.WaitFor("● Active")
	if n := i.lists.Load(); n != 2 {
		t.Errorf("the list was asked for %d times", n)
	}
}

func TestQuittingDuringTheLoadIsImmediate(t *testing.T) {
	for _, key := range []string{"q", "ctrl+c"} {
		for name, i := range map[string]*instance{
			"while it comes in": {tokens: mostTokens},
			"while it stalls":   {tokens: mostTokens, stall: make(chan struct{})},
		} {
			t.Run(key+" "+name, func(t *testing.T) {
				term := open(t, startInstance(t, i))
				term.WaitFor("asking the server")
				for i.sent.Load() < 1<<20 {
					time.Sleep(time.Millisecond)
				}
				began := time.Now()
				term.Type(key)
				code := term.Wait()
				if took := time.Since(began); took > 2*time.Second || code != 0 {
					t.Errorf("the program ended after %s with exit code %d", took, code)
				}
			})
		}
	}
}
