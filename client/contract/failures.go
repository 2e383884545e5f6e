package contract

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"unleash-invite/client"
)

const badData = "Request validation failed: your request body or params contain invalid data"

// wantFailure checks an error's status and body, but for its id.
func (a answer) wantFailure(t *testing.T, status int, want failure) {
	t.Helper()
	if a.major == 4 {
		if a.status != status || !strings.Contains(string(a.body), want.Four) {
			t.Errorf("%d %s, want %d and %s", a.status, a.body, status, want.Four)
		}
		return
	}
	if a.major == 5 {
		want = want.inFive()
	}
	want.Four = ""
	if got := decode[failure](t, a, status); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// plain is an error whose one detail repeats its message.
func plain(name, message string) failure {
	return failure{Name: name, Message: message, Details: []detail{{Message: message}}}
}

// invalid is the error for one property of a request.
func invalid(path, message string) failure {
	return failure{
		Name: "BadDataError", Details: []detail{{Path: path, Message: message}},
		Message: badData + ". Refer to the `details` list for more information.",
	}
}

// missing is the error for a property that is not there.
func missing(path string) failure {
	return invalid(path, "The `"+path+"` property is required. It was not present on the data you sent.").
		inFour("should have required property '" + strings.TrimPrefix(path, "/body/") + "'")
}

// additional is the error for a property that must not be there.
func additional(path string) failure {
	return invalid(path, "The `/body` object of the request body does not allow additional properties. "+
		"Your request included the `"+path+"` property.").inFour("should NOT have additional properties")
}

// mistyped is the error for a property with a value of the wrong kind.
func mistyped(path, complaint, sent string) failure {
	// Unleash 4 sends the complaint inside a JSON text.
	four := strings.ReplaceAll(strings.Replace(complaint, "must", "should", 1), `"`, `\"`)
	return invalid(path, "The `"+path+"` property "+complaint+". You sent "+sent+".").inFour(four)
}

// rejected is the error for a request that is well formed but can't be done.
func rejected(why string) failure {
	return failure{Name: "BadDataError", Message: badData + ": " + why, Details: []detail{{Message: why}}}.inFour(why)
}

func noSuchToken() failure {
	const message = "Could not find public signup token."
	return plain("NotFoundError", message).inFour(message)
}

// wantError checks that the client saw the server's answer as what it is. Unleash 4 names only some errors.
func (s *suite) wantError(t *testing.T, err error, status int, name string) {
	t.Helper()
	var e *client.Error
	if !errors.As(err, &e) || e.Kind != client.KindAnswer || e.Status != status || e.Name != name && (s.major > 4 || e.Name != "") {
		t.Errorf("client: %#v (%v), want an answer %d %s", e, err, status, name)
		return
	}
	if e.Message == "" && s.major > 4 || e.Error() == "" { // Unleash 4 may send a bare 500
		t.Errorf("client: no words in %#v", e)
	}
	if strings.Contains(e.Error(), "not Unleash") {
		t.Errorf("client: taken for another's answer: %v", e)
	}
}
