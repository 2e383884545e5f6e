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
	// restFrame is the same when nothing has changed for restAfter, and after stillAfter more it does not look at
	// all. At its usual 60 a second those looks took 10 ms of CPU a second, at 4 they still woke the machine 30 times.
	restFrame  = 250 * time.Millisecond
	restAfter  = 50 * time.Millisecond
	stillAfter = 10 * restFrame
)

// paced is a model that lets the renderer look often only while there is
// something to paint. Bubble Tea itself has one pace, which is either slow to
// paint or busy while idle.
type paced struct {
	tea.Model
	program *tea.Program // set before it runs

	// shown is the picture painted last; forced makes the renderer paint it again although it is the same.
	shown  tea.View
	forced bool

	mu     sync.Mutex // guards what follows, which a timer changes, too
	ticker *time.Ticker
	rest   *time.Timer
	last   time.Time // of what was to be painted
	pace   pace
}

// pace is how often the renderer looks.
type pace int

const (
	still pace = iota
	resting
	awake
)

// Update answers a message. Bubble Tea's own may be for the renderer, as those that clear the screen or give it back.
func (p *paced) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	p.forced = p.forced || reflect.TypeOf(msg).PkgPath() == reflect.TypeFor[tea.KeyPressMsg]().PkgPath()
	var cmd tea.Cmd
	p.Model, cmd = p.Model.Update(msg)
	return p, cmd
}

// View draws the window, and wakes the renderer if there is something to paint.
func (p *paced) View() tea.View {
	v := p.Model.View()
	if p.forced || !same(v, p.shown) {
		defer p.wake()
	}
	p.shown, p.forced = v, false
	return v
}

func same(a, b tea.View) bool {
	cursor := a.Cursor == b.Cursor || a.Cursor != nil && b.Cursor != nil && *a.Cursor == *b.Cursor
	return cursor && a.Content == b.Content && a.WindowTitle == b.WindowTitle
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
	if p.pace != awake {
		p.pace = awake
		p.ticker.Reset(frame)
	}
}

// relax slows the renderer down and then stops it, unless there was something to paint just now.
func (p *paced) relax() {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case time.Since(p.last) < restAfter: // the timer was set again while it fired
	case p.pace == awake: // on a busy machine what was drawn may not have come to the renderer yet
		p.pace = resting
		p.ticker.Reset(restFrame)
		p.rest.Reset(stillAfter)
	default:
		p.pace = still
		p.ticker.Stop()
	}
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
