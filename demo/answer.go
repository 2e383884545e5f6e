package demo

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // An ETag is no secret, and Unleash makes it so.
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"strings"
	"time"
)

// stamp is a time as JavaScript writes it: UTC, in milliseconds.
type stamp struct{ time.Time }

// MarshalJSON implements json.Marshaler.
func (s stamp) MarshalJSON() ([]byte, error) {
	return []byte(s.UTC().Format(`"2006-01-02T15:04:05.000Z"`)), nil
}

// answer writes v as JSON, with an ETag; a client that has it already gets a 304.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, status int, v any) {
	body, err := encode(v)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	sum := sha1.Sum(body) //nolint:gosec // See the import.
	etag := fmt.Sprintf(`W/"%x-%s"`, len(body), base64.StdEncoding.EncodeToString(sum[:])[:27])
	w.Header().Set("ETag", etag)
	if status == http.StatusOK && isFresh(r, etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body) //nolint:gosec // It is JSON, and says so.
}

// encode is JSON as Unleash writes it: "<" and "&" are not escaped.
func encode(v any) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), err
}

func isFresh(r *http.Request, etag string) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead || strings.Contains(r.Header.Get("Cache-Control"), "no-cache") {
		return false
	}
	for known := range strings.SplitSeq(r.Header.Get("If-None-Match"), ",") {
		known = strings.TrimSpace(known)
		if known == "*" || strings.TrimPrefix(known, "W/") == strings.TrimPrefix(etag, "W/") {
			return true
		}
	}
	return false
}

// writePage answers with HTML, as Unleash does outside its API.
func writePage(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Unleash</title>\n</head>\n"+
		"<body>\n<pre>%s</pre>\n</body>\n</html>\n", html.EscapeString(text))
}
