package faults

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
)

// faultHeader tells the layer what to do with a request; the server does not see it.
const faultHeader = "X-Fault"

// layer stands before the server and does what no TCP proxy can: false answers,
// and answers that are cut although the request was served.
type layer struct{ forward *httputil.ReverseProxy }

func newLayer(server *url.URL) *layer {
	return &layer{&httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(server) },
		Transport: &http.Transport{},
	}}
}

// ServeHTTP serves a request although its sender may have gone: one that was
// received is carried out.
func (l *layer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	do := answer(r.Header.Get(faultHeader))
	r.Header.Del(faultHeader)
	got := httptest.NewRecorder()
	if do.served() {
		l.forward.ServeHTTP(got, r.WithContext(context.WithoutCancel(r.Context())))
	}
	switch do {
	case honest:
		maps.Copy(w.Header(), got.Header())
		w.WriteHeader(got.Code)
		_, _ = io.Copy(w, got.Body)
	case half:
		cut(w, got)
	default:
		do.write(w)
	}
}

// cut gives an answer up to the middle of its body, or of its header when it has none.
func cut(w http.ResponseWriter, got *httptest.ResponseRecorder) {
	var head bytes.Buffer
	got.Header().Set("Content-Length", fmt.Sprint(got.Body.Len()))
	fmt.Fprintf(&head, "HTTP/1.1 %d %s\r\n", got.Code, http.StatusText(got.Code))
	_ = got.Header().Write(&head)
	head.WriteString("\r\n")
	content := append(head.Bytes(), got.Body.Bytes()[:got.Body.Len()/2]...)
	if got.Body.Len() == 0 {
		content = content[:len(content)/2]
	}
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err) // it is a connection of HTTP/1
	}
	_, _ = conn.Write(content)
	_ = conn.Close()
}
