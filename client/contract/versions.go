package contract

import (
	"strconv"
	"strings"
	"testing"
)

// newest is the major version that the cases describe; what an older one does otherwise is said where it matters.
const newest = 8

// major is the major version of the target.
func (t Target) major(test *testing.T) int {
	test.Helper()
	if t.Version == "" {
		return newest
	}
	text, _, _ := strings.Cut(t.Version, ".")
	number, err := strconv.Atoi(text)
	if err != nil {
		test.Fatalf("the version %q does not begin with a number", t.Version)
	}
	return number
}

// since skips what older versions than the given one don't have or refuse.
func (s *suite) since(t *testing.T, major int) {
	t.Helper()
	if s.major < major {
		t.Skipf("this is so since Unleash %d", major)
	}
}

// inFour is the error with what Unleash 4 says of it, whose bodies have many forms.
func (f failure) inFour(text string) failure {
	f.Four = text
	return f
}

// inFive is an error about a request as Unleash 5 words it: paths are below the body and don't name it.
func (f failure) inFive() failure {
	toFive := strings.NewReplacer("`/body` object", "root object", "`/body/", "`")
	details := make([]detail, len(f.Details))
	for i, d := range f.Details {
		if d.Path == "/body" {
			d.Message = "The `` property must be object. You sent undefined."
		}
		path := strings.TrimPrefix(strings.TrimPrefix(d.Path, "/body"), "/")
		details[i] = detail{Path: path, Message: toFive.Replace(d.Message)}
	}
	f.Details = details
	return f
}
