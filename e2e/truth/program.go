// Package truth runs the program without a terminal, on a line and a server that let it down, and compares what its
// screen says with what the server says to someone who asks it directly.
package truth

import (
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"unleash-invite/tui"
)

// program is the program with nobody but a test at its keyboard. It works while a method is called, as Bubble Tea has it
// work: commands beside each other, what they bring one after another. In a bubble of synctest no time is lost.
type program struct {
	model    *tui.Model
	messages chan tea.Msg
	ended    chan struct{}
	commands sync.WaitGroup
}

func start(o tui.Options) *program {
	o.Location, o.Environ = time.UTC, []string{"SSH_CONNECTION=here"}
	p := &program{model: tui.New(o), messages: make(chan tea.Msg), ended: make(chan struct{})}
	p.send(tea.WindowSizeMsg{Width: 100, Height: 30})
	p.run(p.model.Init())
	return p
}

// close ends the program, and waits until everything that it asked has ended.
func (p *program) close() {
	p.model.Session().Leave()
	close(p.ended)
	p.commands.Wait()
}

func (p *program) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	p.commands.Go(func() {
		select {
		case p.messages <- cmd():
		case <-p.ended:
		}
	})
}

func (p *program) send(msg tea.Msg) {
	batch, ok := msg.(tea.BatchMsg)
	for _, cmd := range batch {
		p.run(cmd)
	}
	if !ok && msg != nil {
		_, cmd := p.model.Update(msg)
		p.run(cmd)
	}
}

// work lets the program work for a while.
func (p *program) work(while time.Duration) {
	over := time.After(while)
	for {
		select {
		case msg := <-p.messages:
			p.send(msg)
		case <-over:
			return
		}
	}
}

// step is how often a screen is looked at.
const step = 250 * time.Millisecond

// until lets the program work until a condition holds, and returns how long that took; false when it does not within the limit.
func (p *program) until(limit time.Duration, holds func() bool) (time.Duration, bool) {
	began := time.Now()
	for !holds() {
		if time.Since(began) >= limit {
			return limit, false
		}
		p.work(step)
	}
	return time.Since(began), true
}

// press types keys, as fast as somebody who reads what they answer.
func (p *program) press(keys ...string) {
	special := map[string]rune{"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab}
	for _, name := range keys {
		p.work(300 * time.Millisecond)
		if code, ok := special[name]; ok {
			p.send(tea.KeyPressMsg{Code: code})
			continue
		}
		p.send(tea.KeyPressMsg{Code: rune(name[0]), Text: name})
	}
}

// screen is the text on the screen.
func (p *program) screen() string { return ansi.Strip(p.model.View().Content) }

// shows reports whether someone reads the words, however they are broken into lines.
func (p *program) shows(words string) bool {
	return strings.Contains(strings.Join(strings.Fields(p.screen()), " "), words)
}
