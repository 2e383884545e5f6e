package terminal

import (
	"reflect"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

const (
	// frame is the time between two looks of Bubble Tea's renderer for something to
	// paint while things change: what is new is seen at once.
	frame = 4 * time.Millisecond
	// restFrame is the same while nothing changes. At its usual 60 a second those
	// looks alone took 10 ms of CPU a second.
	restFrame = 250 * time.Millisecond
	// restAfter is how long nothing must change for that.
	restAfter = 50 * time.Millisecond
)

// paced is a model that lets the renderer look often only while there is
// something to paint. Bubble Tea itself has one pace, which is either slow to
// paint or busy while idle.
type paced struct {
	tea.Model
	program *tea.Program // set before it runs

	mu     sync.Mutex // guards what follows, which a timer changes, too
	ticker *time.Ticker
	rest   *time.Timer
	last   time.Time // of what was to be painted
	awake  bool
}

// Update answers a message.
func (p *paced) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	p.Model, cmd = p.Model.Update(msg)
	return p, cmd
}

// View draws the window and wakes the renderer.
func (p *paced) View() tea.View {
	defer p.wake()
	return p.Model.View()
}

func (p *paced) wake() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ticker == nil {
		if p.ticker = ticker(p.program); p.ticker == nil {
			return
		}
		p.rest = time.AfterFunc(restAfter, p.relax)
	}
	p.last = time.Now()
	p.rest.Reset(restAfter)
	if !p.awake {
		p.awake = true
		p.ticker.Reset(frame)
	}
}

// relax slows the renderer down, unless there was something to paint just now.
func (p *paced) relax() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if time.Since(p.last) < restAfter {
		return // the timer was set again while it fired
	}
	p.awake = false
	p.ticker.Reset(restFrame)
}

// ticker returns what times the looks of a program's renderer, once that was started.
// Bubble Tea has no option for it, so its field is read; nil when there is none.
func ticker(p *tea.Program) *time.Ticker {
	field := reflect.ValueOf(p).Elem().FieldByName("ticker")
	if !field.IsValid() || field.Type() != reflect.TypeFor[*time.Ticker]() {
		return nil
	}
	return (*time.Ticker)(field.UnsafePointer())
}
