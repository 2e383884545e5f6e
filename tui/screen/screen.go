// Package screen holds the screens. Each draws a Frame of facts, asks its Host for everything else, reads the session,
// and never knows the root of the program.
package screen

import (
	"cmp"
	"context"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"unleash-invite/model"
	"unleash-invite/tui/draw"
	"unleash-invite/tui/session"
)

// Screen is one thing to look at. It embeds Base.
type Screen interface {
	// Update answers a key that is not in the table, pasted text, or LinksChanged.
	Update(h Host, msg tea.Msg) tea.Cmd
	// View draws the screen into the frame.
	View(f Frame) draw.Page
	// Keys is the table of the keys that act here now, the first to offer first. The footer is made from it as well.
	Keys(h Host) []Action

	// Closed ends what the screen asked for; Waiting reports that an answer has been awaited for a while. Base has both.
	Closed()
	Waiting() bool
}

// Action is a line of a screen's table of keys.
type Action struct {
	Key key.Binding
	// Why is why it can't be done now; empty when it can.
	Why string
	// Do does it. A line without it is only shown: Update answers its key.
	Do func() tea.Cmd
	// Unlisted keeps the key out of the footer.
	Unlisted bool
	// Off is for a key that means nothing here now.
	Off bool
}

// LinksChanged tells a screen that the session's links are new.
type LinksChanged struct{}

// A TextTaker takes text or asks a question: while it does, every key is meant for it.
type TextTaker interface{ TakesText() bool }

// Asking marks a screen that asks what is about to be acted on, so that what is true now is looked at often.
type Asking interface{ Asking() }

// Elsewhere marks a screen that is not about the instance at work.
type Elsewhere interface{ Elsewhere() }

// A ProblemTeller says by itself what was wrong with the last look.
type ProblemTeller interface{ TellsProblem() }

// A Refresher has more to refresh than the links.
type Refresher interface{ Refresh(h Host) tea.Cmd }

// A Writer is a screen from which a write was sent, or that shows how far it is.
type Writer interface {
	// Written records the outcome of the write. A screen that stays shows the outcome itself, and what follows; any
	// other is closed.
	Written(h Host, o session.Outcome) (follow tea.Cmd, stays bool)
	// GivenUp records that its outcome is not waited for any more. A screen that stays shows what is not known.
	GivenUp() (stays bool)
}

// A Passing screen is over once it was read: the next key closes it, and means what it means on the screen below.
type Passing interface{ Over() bool }

// Changing is a screen that shows how the current link is being changed: what was known of it no longer counts.
type Changing interface{ Changing(f Frame) bool }

// A CopyTeller tells by itself that a text was copied, unless that is not its business.
type CopyTeller interface{ Copied(text, said string) bool }

// A Worker is a screen that writes by itself, on other instances than the session's. While it does, no key gets through
// but the ways out.
type Worker interface {
	// Doing names what is under way; empty when nothing is.
	Doing() string
	// StopWaiting asks what became of it; asked again, it gives up.
	StopWaiting(h Host) tea.Cmd
	// Farewell tells the outcome, and whether something failed.
	Farewell() (text string, failed bool)
}

// A Poster can have the whole window. Without a page it is drawn as any other.
type Poster interface{ Poster(f Frame) draw.Page }

// Told says of a write that was carried out what was done, as in "Deleted: …", then what else is to be said, and what
// follows from it, if anything.
type Told func(links model.Links, besides string) (string, tea.Cmd)

// Copying is a text for the clipboard.
type Copying struct {
	Text string
	// Secret is that of the link in it; it is remembered, to tell when that no longer works.
	Secret string
	// Lead begins the notice.
	Lead string
	// Doubts warn before it is sent to people, by what is known then; empty without any.
	Doubts func() string
}

// Host is all that a screen may ask of the program. Each call acts at once, so that keys typed ahead reach the right screen.
type Host interface {
	// Session is the work on the instance; it is another one after Switch.
	Session() *session.Session
	// Instances are where others are found and remembered; nil when there can be none.
	Instances() session.Instances
	// Frame is the room of the screen on top.
	Frame() Frame

	Open(s Screen) tea.Cmd
	Close()
	Quit() tea.Cmd
	// Say shows a notice for a while, a failure until a key is pressed.
	Say(style draw.Pen, text string) tea.Cmd
	// Write runs a write, unless nothing may be written here.
	Write(w session.Write, told Told) tea.Cmd
	// Copy copies a text and says so.
	Copy(c Copying) tea.Cmd
	// Browse opens a page where the user has a browser, and else tells its address.
	Browse(address string) tea.Cmd
	// Switch goes to another instance and looks at it.
	Switch(to session.Instance) tea.Cmd
	// After sends a message when the time has passed.
	After(d time.Duration, msg tea.Msg) tea.Cmd
	// Lend gives the terminal away while the work is done, then sends the message.
	Lend(work func(), then tea.Msg) tea.Cmd
	// Mask hides one more secret where secrets are masked.
	Mask(secret string)
}

// Frame holds the facts that a screen is drawn from.
type Frame struct {
	*session.Session
	// Width and Height are the columns and rows of the screen, between header and footer.
	Width, Height int
	// Window is the size of the whole window.
	Window Size
	Styles draw.Styles
	Keys   draw.KeyMap
	// Now is the time by the server's clock, Local by this computer's.
	Now, Local time.Time
	Loc        *time.Location
	// Spinner is the spinner as it stands; empty where words are wanted in its place.
	Spinner string
	// Masked reports that secrets are hidden, ASCII that the terminal has no other characters, Colourless that it
	// shows no colours.
	Masked, ASCII, Colourless bool
	// Accessible reports that words are wanted in place of what is drawn or moves.
	Accessible bool
	// Notice says what just happened, styled; empty when there is nothing to say.
	Notice string
	// Header draws the window's first row, KeyRow the keys in a row of a width.
	Header func() string
	KeyRow func(width int) string
}

// Busy is the spinner, and a text for what is waited for.
func (f Frame) Busy(text string) string { return strings.TrimSpace(f.Spinner + " " + text) }

// waiting is the spinner behind a text that does not tell it.
func (f Frame) waiting() string { return " " + cmp.Or(f.Spinner, "(waiting)") }

// underWay is the mark of something under way, beside the words for it.
func (f Frame) underWay() string { return cmp.Or(f.Spinner, "○") }

// Size is that of a window in columns and rows.
type Size struct{ Width, Height int }

// MinWidth and MinHeight are the smallest window that shows everything that matters.
const (
	MinWidth  = 40
	MinHeight = 12
)

// Roomy is the height of a window from which there is room for more than the least.
const Roomy = 18

func (f Frame) roomy() bool { return f.Window.Height >= Roomy }

// Base is embedded by every screen. It owns what the screen asks for, so that closing the screen drops it and waiting
// spins the spinner without the screen's doing.
type Base struct {
	requests []*session.Request
}

// Ask begins a request of the screen, in place of the one in the slot, if any. Work runs outside of the update loop;
// what it returns is run in it, unless the request was dropped since or the screen closed.
func (b *Base) Ask(h Host, slot *slot, work func(context.Context) session.Take) tea.Cmd {
	return b.request(slot).Begin(h.After, work)
}

// Later runs a function in the update loop when the time has passed, unless the slot was used since.
func (b *Base) Later(h Host, slot *slot, d time.Duration, then session.Take) tea.Cmd {
	return h.After(d, b.request(slot).Stamp()(then))
}

// Lend gives the terminal away while the work is done; then runs in the update loop, unless the screen was closed.
func (b *Base) Lend(h Host, work func(), then session.Take) tea.Cmd {
	return h.Lend(work, b.request(new(slot)).Stamp()(then))
}

func (b *Base) request(slot *slot) *session.Request {
	if slot.request == nil {
		slot.request = new(session.Request)
		b.requests = append(b.requests, slot.request)
	}
	return slot.request
}

// Closed drops all that the screen asked for.
func (b *Base) Closed() {
	for _, r := range b.requests {
		r.Drop()
	}
}

// Waiting reports that the answer to one of its requests has been awaited for a while.
func (b *Base) Waiting() bool {
	for _, r := range b.requests {
		if r.Slow() {
			return true
		}
	}
	return false
}

// slot holds one request of a screen at a time. Only Base puts one into it, so that none is forgotten.
type slot struct{ request *session.Request }

func (s slot) running() bool { return s.request != nil && s.request.Running() }
func (s slot) slow() bool    { return s.request != nil && s.request.Slow() }

func (s slot) drop() {
	if s.request != nil {
		s.request.Drop()
	}
}

// firstReason is the first that is one.
func firstReason(reasons ...string) string {
	for _, r := range reasons {
		if r != "" {
			return r
		}
	}
	return ""
}

// moves are the keys of a list of n rows; height of them are visible.
func moves(k draw.KeyMap, l *draw.List, n, height int) []Action {
	var all []Action
	for by, b := range k.Moves() {
		all = append(all, Action{Key: b, Unlisted: true, Do: nothing(func() { l.Move(by, n, height) })})
	}
	return all
}

// nothing is an action's, after which nothing is to be done.
func nothing(do func()) func() tea.Cmd {
	return func() tea.Cmd { do(); return nil }
}

// scroll are the keys that scroll a text whose last first row is given.
func scroll(k draw.KeyMap, top *int, last int) []Action {
	var all []Action
	for by, b := range k.Moves() {
		all = append(all, Action{Key: b, Unlisted: true, Do: nothing(func() {
			l := draw.List{Chosen: min(*top, last)}
			l.Move(by, last+1, 1)
			*top = l.Chosen
		})})
	}
	return all
}
