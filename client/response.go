package client

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	jsonv1 "encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// form is the format of an answer's body.
type form int

const (
	formEmpty form = iota
	formJSON
	formPage // HTML
	formPlain
)

// formOf looks at the beginning of a body without taking it.
func formOf(h http.Header, content *bufio.Reader) form {
	begin, _ := content.Peek(512)
	begin = bytes.TrimPrefix(bytes.TrimSpace(begin), []byte("\ufeff"))
	switch {
	case len(begin) == 0:
		return formEmpty
	case begin[0] == '<', strings.Contains(strings.ToLower(h.Get("Content-Type")), "html"):
		return formPage
	case begin[0] == '{', begin[0] == '[', strings.Contains(h.Get("Content-Type"), "json"):
		return formJSON
	default:
		return formPlain
	}
}

// refusalLimit is the most bytes that are read of an error's body.
const refusalLimit = 64 << 10

// refusal makes an error of an answer whose status is no success.
func (c *Client) refusal(resp *http.Response, shape form, content io.Reader) *Error {
	e := &Error{
		Kind:       KindAnswer,
		Status:     resp.StatusCode,
		form:       shape,
		transient:  resp.StatusCode >= 500 || resp.StatusCode == http.StatusTooManyRequests,
		RetryAfter: retryAfter(resp.Header, time.Now()),
	}
	raw, _ := io.ReadAll(io.LimitReader(content, refusalLimit))
	var w wireRefusal
	switch shape {
	case formJSON:
		_ = jsonv1.Unmarshal(raw, &w) // which goes on after a field of another shape: whatever could be read is used
		e.Name, e.Message = unleashWords(w)
	case formPlain:
		e.Message = clean(string(raw), wordsLimit)
	case formEmpty, formPage: // they say nothing for people
	}
	said := strings.TrimRight(e.Message, ". ")
	switch {
	case resp.StatusCode >= 300 && resp.StatusCode <= 399:
		return c.redirect(e, resp)
	case refuses(e.Status) && !ownRefusal(e, resp, w, raw):
		c.blameStranger(e, resp)
		return e
	case shape == formPage:
		said = "a web page, not an answer from Unleash's API"
	case said == "" && shape != formPlain:
		said = "the server gave no reason"
	}
	e.sentence = statusLine(e.Status)
	if said != "" && !strings.EqualFold(said, http.StatusText(e.Status)) {
		e.sentence += ": " + said
	}
	e.hint = statusHint(e, strings.Contains(resp.Request.URL.Path, tokensPath+"/"))
	e.maintained()
	return e
}

// unleashWords reads the error bodies of Unleash 4 to 8: its name for the error,
// and what it says about it, which in part of them is in a list of details.
func unleashWords(w wireRefusal) (name, message string) {
	message = string(cmp.Or(w.Message, w.Error))
	var detail string
	switch {
	case len(w.Details) > 0:
		detail = string(w.Details[0].Message)
	case len(w.Validation) > 0:
		v := w.Validation[0]
		detail = strings.TrimSpace(strings.TrimPrefix(string(v.DataPath), ".body.") + " " + string(v.Message))
	}
	if detail != "" && !strings.Contains(message, strings.TrimRight(detail, ".")) {
		message = detail
	}
	return string(w.Name), message
}

// redirect says where an answer points that was not followed.
func (c *Client) redirect(e *Error, resp *http.Response) *Error {
	target, err := resp.Location()
	if err != nil || target.Host == "" {
		e.sentence = statusLine(e.Status) + ": a redirect that leads nowhere"
		e.hint = "Check the address of the instance and its path"
		return e
	}
	target.User, target.RawQuery, target.Fragment = nil, "", ""
	e.target = target
	e.sentence = statusLine(e.Status) + ": the server redirects to " + clean(target.String(), wordsLimit) + ", which was not followed"
	e.hint = "There may be a sign-in page in front of Unleash: put what it wants in a profile's headers, or check the address"
	if base, ok := strings.CutSuffix(target.String(), strings.TrimPrefix(resp.Request.URL.EscapedPath(), c.base.EscapedPath())); ok {
		e.hint = "If that is the right server, set UNLEASH_URL to " + clean(base, wordsLimit)
	}
	return e
}

func statusLine(status int) string {
	if text := http.StatusText(status); text != "" {
		return fmt.Sprintf("%d %s", status, text)
	}
	return fmt.Sprintf("status %d", status)
}

// checkToken begins the hint of an error that is about the token.
const checkToken = "Check the token"

const refreshHint = "Refresh to see what is there now"

// notFoundHint tells a token that is gone from a path that is no Unleash's.
func notFoundHint(ofToken bool) string {
	if ofToken {
		return refreshHint
	}
	return "Check the address of the instance and its path"
}

// statusHint says what to do about an answer's status; ofToken reports whether the request
// was about one token, rather than about what every instance has.
func statusHint(e *Error, ofToken bool) string {
	switch {
	case e.Status == http.StatusBadRequest:
		return "Check what was entered"
	case e.Status == http.StatusUnauthorized:
		return checkToken + ": it may be mistyped, expired or deleted"
	case e.Status == http.StatusForbidden && strings.Contains(e.Message, "token type"):
		return "It is a client or frontend token, as SDKs use: create a personal access token of a user with the root role Admin"
	case e.Status == http.StatusForbidden:
		return "This token's user isn't an Admin: use a personal access token of a user with the root role Admin"
	case e.Status == http.StatusNotFound:
		return notFoundHint(e.form == formJSON && ofToken)
	case e.Status == http.StatusConflict:
		return refreshHint
	case e.RetryAfter > 0:
		return "Try again in " + e.RetryAfter.Round(time.Second).String()
	case e.Status == http.StatusTooManyRequests:
		return "Try again in a minute"
	case e.Status >= 500:
		return "Try again; if it keeps happening, look at the server's log"
	default:
		return "Check the address of the instance, and what stands between it and you"
	}
}

// foreign is the error of a success that is no JSON: a sign-in gateway, or Unleash's
// own user interface, which answers 200 for every path that it does not know.
func (c *Client) foreign(resp *http.Response, shape form) *Error {
	what := "a web page"
	if shape == formPlain {
		what = "plain text"
	}
	return &Error{
		Kind:     KindBadResponse,
		Status:   resp.StatusCode,
		sentence: "this is not Unleash's API: " + c.host() + " answered with " + what,
		hint:     "Check the address of the instance and its path; a sign-in page in front of it answers like this, too",
		form:     shape,
	}
}

// oldest is the greatest Age of an answer, in seconds, that is taken for the server's own.
const oldest = 2

// aged reports whether an answer has lain in a cache for too long to be the server's own.
func aged(h http.Header) bool {
	first, _, _ := strings.Cut(h.Get("Age"), ",") // several caches may have put their own behind it
	age, _ := strconv.Atoi(strings.TrimSpace(first))
	return age > oldest
}

// fromCache is the error of an answer that a cache had kept.
func (c *Client) fromCache(resp *http.Response) *Error {
	return &Error{
		Kind:     KindBadResponse,
		Status:   resp.StatusCode,
		sentence: "a cache answered, not the server: what it holds may no longer be true",
		hint:     "Exclude /api/ and /invite/ from the cache in front of " + c.host(),
	}
}

// noVerdict is the error of an answer that could be taken for one about a link, and is none.
func (c *Client) noVerdict(resp *http.Response, shape form) *Error {
	with := map[form]string{formEmpty: "", formJSON: " with JSON", formPage: " with a web page", formPlain: " with plain text"}
	return &Error{
		Kind:     KindBadResponse,
		Status:   resp.StatusCode,
		sentence: c.host() + " answered " + statusLine(resp.StatusCode) + with[shape] + ", where Unleash answers with an empty 200 or 400",
		hint:     "Check what stands between it and you",
		form:     shape,
	}
}

// Why an answer could not be taken.
var (
	errTooLarge = errors.New("it is larger than 128 MiB, the most that is read")
	errTooLong  = errors.New("one of its parts is larger than 16 MiB, the most that is read")
	errTooMany  = errors.New("it has more than 250,000 links or five million parts, the most that is read")
	errShape    = errors.New("it does not look like an answer from Unleash")
	errSecret   = errors.New("it contains a token with a secret that Unleash would never create")
)

// unusable is the reason in our own words, without what the decoder says of it, or nil.
func unusable(err error) error {
	for _, known := range []error{errTooLarge, errTooLong, errTooMany, errShape, errSecret} {
		if errors.Is(err, known) {
			return known
		}
	}
	return nil
}

// unreadable is the error of a success whose body could not be read to its end.
func (c *Client) unreadable(ctx context.Context, resp *http.Response, in *body, err error) *Error {
	if in.err != nil {
		err = in.err
	}
	e := &Error{
		Kind:   KindBadResponse,
		Status: resp.StatusCode,
		hint:   "Check the address of the instance, and what stands between it and you",
		cause:  err,
	}
	start := "the answer from " + c.host() + " can't be used: "
	var syntax *jsontext.SyntacticError
	var shape *json.SemanticError
	switch {
	case ctx.Err() != nil, isTimeout(err):
		return c.noResponse(ctx, err, false)
	case unusable(err) != nil:
		e.sentence = start + unusable(err).Error()
	case in.left == c.limits.answer && in.err == nil:
		e.sentence = start + "it is empty"
	case errors.As(err, &syntax) && !errors.Is(err, io.ErrUnexpectedEOF):
		e.sentence = start + "it is not JSON"
	case errors.As(err, &shape):
		e.sentence = start + errShape.Error()
	default:
		e.transient = true
		e.sentence = start + "it was cut off or damaged"
		e.hint = "Try again"
	}
	return e
}
