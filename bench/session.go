package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/creack/pty"
)

const (
	width, height = 80, 24
	// patience is how long anything may take before it counts as not working.
	patience = 30 * time.Second
	// stillness is how long no output means that what was to be painted is painted.
	stillness = 40 * time.Millisecond
)

// chunk is output as it was read in one go.
type chunk struct {
	at   time.Time
	data []byte
}

// session is a program running in a pseudo-terminal. What it writes is only noted
// with the time; the screen is made of it afterwards, so that drawing it costs no measured time.
type session struct {
	command *exec.Cmd
	tty     *os.File
	began   time.Time
	ended   chan struct{} // closed when there is no more output
	screen  *screen
	fed     int // chunks that the screen has got

	mu     sync.Mutex
	chunks []chunk
}

// begin starts a program in a terminal of 80×24 that answers queries, or is mute.
func begin(answers bool, env []string, name string, args ...string) (*session, error) {
	command := exec.Command(name, args...) //nolint:gosec,noctx // our own choice of programs; end ends it
	command.Env = env
	began := time.Now()
	tty, err := pty.StartWithSize(command, &pty.Winsize{Rows: height, Cols: width})
	if err != nil {
		return nil, fmt.Errorf("%s can't be started in a terminal: %w", name, err)
	}
	s := &session{command: command, tty: tty, began: began, ended: make(chan struct{}), screen: newScreen()}
	go s.read(answers)
	return s, nil
}

func (s *session) read(answers bool) {
	defer close(s.ended)
	buffer := make([]byte, 64<<10)
	var unasked []byte // output since the last query
	for {
		n, err := s.tty.Read(buffer)
		at := time.Now()
		if n > 0 {
			s.mu.Lock()
			s.chunks = append(s.chunks, chunk{at, bytes.Clone(buffer[:n])})
			s.mu.Unlock()
		}
		if err != nil {
			return // the program's end is gone
		}
		if answers {
			unasked = s.answer(append(unasked, buffer[:n]...))
		}
	}
}

// answer answers the queries in the output and returns what follows the last one.
func (s *session) answer(output []byte) (rest []byte) {
	for _, q := range queries(output) {
		_, _ = s.tty.WriteString(q.answer) // fails when the program has ended
		rest = output[q.end:]
	}
	if rest == nil {
		return output
	}
	return rest
}

// output is everything written so far.
func (s *session) output() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []byte
	for _, c := range s.chunks {
		all = append(all, c.data...)
	}
	return all
}

func (s *session) size() int { return len(s.output()) }

// unseen are the chunks that the screen has not got.
func (s *session) unseen() []chunk {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.chunks[s.fed:]
}

// written waits for a text among the bytes and returns how long after the start it came.
func (s *session) written(text string) (time.Duration, error) {
	deadline := time.Now().Add(patience)
	var all []byte
	for {
		over := s.over()
		for _, c := range s.unseen() {
			s.fed++
			all = append(all, c.data...)
			if bytes.Contains(all, []byte(text)) {
				return c.at.Sub(s.began), nil
			}
		}
		if over || time.Now().After(deadline) {
			return 0, fmt.Errorf("%s never wrote %q, but:\n%s", s.command.Path, text, all)
		}
		time.Sleep(time.Millisecond)
	}
}

// shown waits until a text is on the screen and returns how long after the start it came.
func (s *session) shown(text string) (time.Duration, error) {
	took, err := s.until(shows(text))
	if err != nil {
		err = fmt.Errorf("%q isn't there: %w", text, err)
	}
	return took, err
}

// until waits until the screen is as wanted and returns how long after the start it came to be.
func (s *session) until(wanted func(screen string) bool) (time.Duration, error) {
	deadline := time.Now().Add(patience)
	for !wanted(s.screen.String()) {
		if s.step() {
			continue
		}
		if s.over() && len(s.unseen()) == 0 || time.Now().After(deadline) {
			return 0, fmt.Errorf("not what was waited for on the screen of %s:\n%s", s.command.Path, s.screen)
		}
		s.rest(deadline)
	}
	return s.screen.at.Sub(s.began), nil
}

func shows(text string) func(screen string) bool {
	return func(screen string) bool { return strings.Contains(screen, text) }
}

// step gives the screen one chunk, if there is one.
func (s *session) step() bool {
	chunks := s.unseen()
	if len(chunks) == 0 {
		return false
	}
	s.screen.feed(chunks[0])
	s.fed++
	return true
}

// rest waits until the program has written something and then writes no more for a while.
func (s *session) rest(deadline time.Time) {
	for len(s.unseen()) == 0 && !s.over() && time.Now().Before(deadline) {
		time.Sleep(time.Millisecond)
	}
	for began := time.Now(); time.Since(began) < 10*stillness; {
		n := len(s.unseen())
		time.Sleep(stillness)
		if len(s.unseen()) == n {
			return
		}
	}
}

func (s *session) over() bool {
	select {
	case <-s.ended:
		return true
	default:
		return false
	}
}

// end ends the program, if it still runs.
func (s *session) end() {
	_ = s.command.Process.Kill() // or it has ended
	_ = s.command.Wait()
	_ = s.tty.Close()
	<-s.ended
	s.screen.close()
}
