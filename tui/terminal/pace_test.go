package terminal

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// paper is an output that tells when something was written on it.
type paper struct {
	mu   sync.Mutex
	text strings.Builder
}

func (p *paper) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.Write(b)
}

func (p *paper) has(text string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Contains(p.text.String(), text)
}

// echo is a model that shows the text it was sent last.
type echo struct{ text string }

func (e echo) Init() tea.Cmd { return nil }

func (e echo) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if text, ok := msg.(string); ok {
		e.text = text
	}
	return e, nil
}

func (e echo) View() tea.View { return tea.NewView(e.text) }

func startPaced(t *testing.T) (*paced, *paper) {
	t.Helper()
	out := &paper{}
	p := &paced{Model: echo{"first"}}
	p.program = tea.NewProgram(p, tea.WithOutput(out), tea.WithInput(nil), tea.WithWindowSize(80, 24), tea.WithoutSignalHandler())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = p.program.Run()
	}()
	t.Cleanup(func() {
		p.program.Quit()
		<-ended
	})
	await(t, "the first view", func() bool { return out.has("first") })
	return p, out
}

func await(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !is(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s does not come", what)
		}
	}
}

func (p *paced) resting() bool { return p.at(resting) }

func (p *paced) at(what pace) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.ticker != nil && p.pace == what
}

// The renderer's ticker is a private field of Bubble Tea: this tells when it is there no more.
func TestTheRendererRestsWhenNothingChanges(t *testing.T) {
	p, _ := startPaced(t)
	await(t, "the rest", p.resting)
}

func TestWhatIsNewIsPaintedAtOnceAfterARest(t *testing.T) {
	p, out := startPaced(t)
	var waits []time.Duration
	for _, text := range []string{"Ann", "Bob", "Carol", "Dave", "Eve", "Frank", "Grace"} {
		await(t, "the rest", p.resting)
		began := time.Now()
		p.program.Send(text)
		await(t, text, func() bool { return out.has(text) })
		waits = append(waits, time.Since(began))
	}
	slices.Sort(waits)
	if median := waits[len(waits)/2]; median > restFrame/4 {
		t.Errorf("painted after %s, all: %s", median, waits)
	}
}

func (p *paper) size() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.Len()
}

// A renderer that looks although there is nothing to paint wakes the machine up.
func TestTheRendererStandsStillUntilThereIsSomethingToPaint(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for some seconds")
	}
	p, out := startPaced(t)
	await(t, "the standstill", func() bool { return p.at(still) })
	size := out.size()
	p.program.Send("first") // which is on the screen already
	p.program.Send(42)
	time.Sleep(2 * restAfter)
	if !p.at(still) || out.size() != size {
		t.Error("what changes nothing woke the renderer")
	}
	p.program.Send(tea.ClearScreen())
	await(t, "the same again", func() bool { return out.size() > size+len("first") })
	await(t, "the standstill after that", func() bool { return p.at(still) })
	p.program.Send("second")
	await(t, "what is new", func() bool { return out.has("second") })
}

func TestViewsAreTheSameOnlyAsAWhole(t *testing.T) {
	cursor := func(x int) *tea.Cursor { return tea.NewCursor(x, 1) }
	view := func(content, title string, c *tea.Cursor) tea.View {
		return tea.View{Content: content, WindowTitle: title, Cursor: c}
	}
	one := view("a", "t", cursor(1))
	if !same(one, view("a", "t", cursor(1))) || !same(view("a", "t", nil), view("a", "t", nil)) {
		t.Error("what is the same would be painted again")
	}
	for _, other := range []tea.View{view("b", "t", cursor(1)), view("a", "u", cursor(1)), view("a", "t", cursor(2)), view("a", "t", nil)} {
		if same(one, other) || same(other, one) {
			t.Errorf("%+v would not be painted", other)
		}
	}
}
