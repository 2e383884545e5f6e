package client

import (
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"time"
)

// WithDebug writes every request and answer to w, with how long each took: a line for the request, one for the answer,
// and what was sent and what a refusal said. Of answers that hold links and people only the size is told. Whatever can
// be a secret is masked. Each Write is a whole piece, and w is written to by one goroutine at a time.
func WithDebug(w io.Writer) Option {
	log := &debugLog{to: w} // the clients that share the option share its lock
	return func(c *Client) { c.debug = log }
}

// debugLog is where requests are written to; nil is nowhere.
type debugLog struct {
	mu sync.Mutex
	to io.Writer
}

// longestDebugBody is the most bytes that are written of a body.
const longestDebugBody = 2 << 10

var (
	// maskable matches whatever can be a secret: a long run of a token's characters, and everything that looks like Unleash's tokens.
	maskable = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(user:|\*:|\[\]:)\S+|[\w-]*:[\w-]+\.[\w-]+|[0-9A-Za-z_-]{16,}`)
	})
	// person is an e-mail address.
	person = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^\s"'<>@,;]+@[^\s"'<>@,;]+`) })
)

// debugHeaders are the headers that are written.
var debugHeaders = [...]string{
	"Content-Type", "Content-Length", "Cache-Control", "Date", "Age", "Via", "Server", "Retry-After", "User-Agent",
}

// masked is the text without anything that can be a secret or an address, on one line.
func (c *Client) masked(text string) string {
	text = c.credential.redact(clean(text, longestDebugBody))
	text = person().ReplaceAllString(text, "[address]")
	return maskable().ReplaceAllString(text, "[masked]")
}

// roundTrip sends the request, and writes it and its answer where they are wanted.
func (c *Client) roundTrip(r *http.Request, q request) (*http.Response, error) {
	if c.debug == nil {
		return c.transport.RoundTrip(r)
	}
	what := r.Method + " " + r.URL.Scheme + "://" + r.URL.Host + c.masked(r.URL.EscapedPath())
	sent := ""
	if q.body != nil {
		sent = " " + c.masked(c.described(q).Body)
	}
	c.debug.write("> " + what + c.headers(r.Header) + sent)
	began := time.Now()
	resp, err := c.transport.RoundTrip(r)
	took := time.Since(began).Round(100 * time.Microsecond)
	if err != nil {
		c.debug.write(fmt.Sprintf("< %s: no answer after %s: %s", what, took, c.masked(err.Error())))
		return resp, err
	}
	c.debug.write(fmt.Sprintf("< %s: %s %s after %s%s", what, resp.Proto, statusLine(resp.StatusCode), took, c.headers(resp.Header)))
	resp.Body = &debugBody{ReadCloser: resp.Body, c: c, what: what, refused: resp.StatusCode >= 300, began: began}
	return resp, nil
}

func (c *Client) headers(h http.Header) string {
	var told strings.Builder
	for _, name := range debugHeaders {
		if value := h.Get(name); value != "" {
			told.WriteString("; " + name + ": " + c.masked(value))
		}
	}
	return told.String()
}

func (d *debugLog) write(line string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, _ = io.WriteString(d.to, time.Now().UTC().Format("2006-01-02T15:04:05.000Z ")+line+"\n")
}

// debugBody counts what is read of an answer, and keeps the beginning of a refusal.
type debugBody struct {
	io.ReadCloser
	c       *Client
	what    string
	refused bool
	began   time.Time
	size    int64
	kept    []byte
	once    sync.Once
}

func (b *debugBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.size += int64(n)
	if room := longestDebugBody - len(b.kept); b.refused && room > 0 {
		b.kept = append(b.kept, p[:min(n, room)]...)
	}
	return n, err
}

func (b *debugBody) Close() error {
	err := b.ReadCloser.Close()
	b.once.Do(func() {
		said := ""
		if len(b.kept) > 0 {
			said = ": " + b.c.masked(string(b.kept))
		}
		b.c.debug.write(fmt.Sprintf("  %s: %d bytes by %s%s", b.what, b.size, time.Since(b.began).Round(100*time.Microsecond), said))
	})
	return err
}
