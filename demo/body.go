package demo

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"
)

// kind is the type of a request's property, as Unleash's schema has it.
type kind int

const (
	text kind = iota
	dateTime
	boolean
)

// property is one that a request body may have.
type property struct {
	name     string
	kind     kind
	required bool
}

// fields are the properties that a body has: a string, time.Time or bool each.
type fields map[string]any

func (f fields) text(name string) string {
	s, _ := f[name].(string)
	return s
}

func (f fields) time(name string) (time.Time, bool) {
	t, ok := f[name].(time.Time)
	return t, ok
}

func isJSON(r *http.Request) bool {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && media == "application/json"
}

// decode reads a request body and refuses it in the same order as Unleash:
// content type, shape, missing properties, unknown ones, and then the values.
func decode(r *http.Request, schema []property) (fields, *failure) {
	if !isJSON(r) {
		return nil, wrongContentType(r.Header.Get("Content-Type"))
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, refused(err.Error())
	}
	if len(body) == 0 {
		body = []byte("{}")
	}
	names, values, ok := splitObject(body)
	if !ok {
		return nil, invalidValue("/body", "must be object", body)
	}
	for _, p := range schema {
		if _, given := values[p.name]; p.required && !given {
			return nil, invalidProperty("/body/"+p.name, "The `/body/"+p.name+"` property is required. It was not present on the data you sent.")
		}
	}
	for _, name := range names {
		if !knows(schema, name) {
			return nil, invalidProperty("/body/"+name, "The `/body` object of the request body does not allow additional properties. "+
				"Your request included the `/body/"+name+"` property.")
		}
	}
	return readValues(values, schema)
}

func readValues(values map[string]json.RawMessage, schema []property) (fields, *failure) {
	read := fields{}
	for _, p := range schema {
		raw, given := values[p.name]
		if !given {
			continue
		}
		value, complaint := coerce(raw, p.kind)
		if complaint != "" {
			return nil, invalidValue("/body/"+p.name, complaint, mustEncode(value))
		}
		read[p.name] = value
	}
	return read, nil
}

// splitObject returns a JSON object's names in their order, and its values.
func splitObject(body []byte) (names []string, values map[string]json.RawMessage, ok bool) {
	dec := json.NewDecoder(bytes.NewReader(body))
	if start, err := dec.Token(); err != nil || start != json.Delim('{') {
		return nil, nil, false
	}
	values = map[string]json.RawMessage{}
	for dec.More() {
		key, _ := dec.Token()
		name, isName := key.(string)
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil || !isName {
			return nil, nil, false
		}
		names = append(names, name)
		values[name] = raw
	}
	return names, values, true
}

func knows(schema []property, name string) bool {
	for _, p := range schema {
		if p.name == name {
			return true
		}
	}
	return false
}

// coerce reads one value as leniently as Unleash: numbers become text, null
// becomes "" or false. With a complaint it returns what Unleash says was sent.
func coerce(raw json.RawMessage, k kind) (value any, complaint string) {
	if k == boolean {
		switch string(raw) {
		case "true", `"true"`, "1":
			return true, ""
		case "false", `"false"`, "0", "null":
			return false, ""
		}
		return raw, "must be boolean"
	}
	s, ok := coerceText(raw)
	if !ok {
		return raw, "must be string"
	}
	if k == text {
		return s, ""
	}
	at, ok := parseDateTime(s)
	if !ok {
		return s, `must match format "date-time"`
	}
	return at, ""
}

func coerceText(raw json.RawMessage) (string, bool) {
	switch raw[0] {
	case '{', '[':
		return "", false
	case 'n':
		return "", true
	case '"':
		var s string
		err := json.Unmarshal(raw, &s)
		return s, err == nil
	default:
		return string(raw), true
	}
}

// parseDateTime reads an ISO 8601 date and time. Without a zone it is UTC,
// which returns what servers run in.
func parseDateTime(s string) (time.Time, bool) {
	s = strings.ToUpper(strings.Replace(s, " ", "T", 1))
	for _, layout := range []string{"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05"} {
		if at, err := time.Parse(layout, s); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

func mustEncode(v any) []byte {
	out, err := encode(v)
	if err != nil {
		panic(err) // Only what was decoded before gets here.
	}
	return out
}
