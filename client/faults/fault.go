package faults

import (
	"net/http"
	"strconv"
	"strings"
)

// fault is one way in which a request goes wrong.
type fault struct {
	name string
	// way is the connection that the request takes.
	way way
	// answer is given by the HTTP layer in place of the server's.
	answer answer
}

// way is a connection by toxiproxy that is broken in one manner, always.
type way int

const (
	clean way = iota
	refused
	resetBefore
	resetAfter
	slowRequest
	slowAnswer
	ways // how many there are
)

// answer is the HTTP layer's fault for a request. A TCP proxy can't do it.
type answer string

const (
	honest          answer = ""
	tooMany         answer = "429"
	internalError   answer = "500"
	badGateway      answer = "502"
	badGatewayAfter answer = "502 after"
	unavailable     answer = "503"
	half            answer = "half"
)

func allFaults() []fault {
	return []fault{
		{"connection refused", refused, honest},
		{"reset before the request", resetBefore, honest},
		{"reset after the request was served", resetAfter, honest},
		{"answer cut in half", clean, half},
		{"request later than the timeout", slowRequest, honest},
		{"answer later than the timeout", slowAnswer, honest},
		{"429 with Retry-After", clean, tooMany},
		{"500", clean, internalError},
		{"502 in HTML", clean, badGateway},
		{"502 in HTML after the request was served", clean, badGatewayAfter},
		{"503", clean, unavailable},
	}
}

// served reports whether the server carries the request out anyway.
func (a answer) served() bool { return a == honest || a == half || a == badGatewayAfter }

// write gives the false answer.
func (a answer) write(w http.ResponseWriter) {
	contentType, body := "text/html", "<html><body>nginx</body></html>"
	switch a {
	case tooMany:
		contentType, body = "text/plain", "Too many requests, please try again later."
		w.Header().Set("Retry-After", "1")
	case internalError:
		contentType, body = "application/json", `{"name":"UnknownError","message":"Something went wrong."}`
	case unavailable:
		contentType, body = "text/plain", "no healthy upstream"
	default:
	}
	status, _ := strconv.Atoi(strings.TrimSuffix(string(a), " after"))
	w.Header().Set("Content-Type", contentType)
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body))
}
