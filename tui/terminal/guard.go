package terminal

import (
	"fmt"
	"runtime/debug"
	"slices"
	"sync"

	tea "charm.land/bubbletea/v2"
)

// PanicError is a defect that ended the program: what was wrong, and where.
type PanicError struct {
	Value any
	Stack []byte
}

// Error reports what was wrong, on one line whatever it holds.
func (p *PanicError) Error() string {
	return fmt.Sprintf("a bug ended the program: %.300q", fmt.Sprint(p.Value))
}

// NewPanic is to be called where the panic was recovered from, with its value.
func NewPanic(value any) *PanicError {
	p := &PanicError{value, debug.Stack()}
	if before, ok := value.(interface{ Stack() []byte }); ok { // it comes from another goroutine
		p.Stack = slices.Concat(before.Stack(), []byte("\n"), p.Stack)
	}
	return p
}

// guard is the model for Bubble Tea. It ends the program in good order when the
// model or one of its commands panics, so that the report is read on the shell's
// screen; Bubble Tea itself writes it while its own is still there.
type guard struct {
	// draw has the last word on the page.
	draw func(string) string
	// quit ends the program.
	quit func()

	mu       sync.Mutex // guards what follows, which is asked when the program does not end by itself
	model    xModel
	panicked *PanicError
}

// Init begins the work.
func (g *guard) Init() (cmd tea.Cmd) {
	g.mu.Lock()
	defer g.mu.Unlock()
	defer g.catch()
	return g.recovering(g.model.Init())
}

// Update answers a message.
func (g *guard) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	next = g // after a panic, too
	g.mu.Lock()
	defer g.mu.Unlock()
	if p, ok := msg.(*PanicError); ok {
		g.fail(p)
	}
	if g.panicked != nil {
		return next, nil
	}
	defer g.catch()
	_, cmd = g.model.Update(msg)
	return next, g.recovering(cmd)
}

// View draws the window; nothing after a panic.
func (g *guard) View() (v tea.View) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.panicked != nil {
		return tea.View{AltScreen: true}
	}
	v.AltScreen = true
	defer g.catch()
	v = g.model.View()
	v.Content, v.WindowTitle = g.draw(v.Content), g.draw(v.WindowTitle)
	return v
}

// recovering is the command, and all that it leads to, with a panic as its message.
func (g *guard) recovering(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if r := recover(); r != nil {
				msg = NewPanic(r)
			}
		}()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			all := make(tea.BatchMsg, len(batch))
			for i, one := range batch {
				all[i] = g.recovering(one)
			}
			return all
		}
		return msg
	}
}

// catch is to be deferred: it ends a panic, and with it the program.
func (g *guard) catch() {
	if r := recover(); r != nil {
		g.fail(NewPanic(r))
	}
}

// fail ends the program for a panic; the first is the one to report.
func (g *guard) fail(p *PanicError) {
	if g.panicked == nil {
		g.panicked = p
		go g.quit()
	}
}

// farewell is the model's, and the panic that ended the program.
func (g *guard) farewell(cut bool) (text string, failed bool, panicked *PanicError) {
	if !g.mu.TryLock() { // the model hangs
		return "", true, nil
	}
	defer g.mu.Unlock()
	text, failed = g.model.Farewell(cut && g.panicked == nil)
	return text, failed, g.panicked
}
