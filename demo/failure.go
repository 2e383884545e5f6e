package demo

import (
	"crypto/rand"
	"fmt"
	"net/http"
)

// failure is an error body of Unleash 5 and later.
type failure struct {
	status int

	ID            string   `json:"id,omitempty"`
	Name          string   `json:"name"`
	Message       string   `json:"message"`
	Details       []detail `json:"details"`
	Permissions   []string `json:"permissions,omitempty"`
	Path          string   `json:"path,omitempty"`
	Type          string   `json:"type,omitempty"`
	DefaultHidden *bool    `json:"defaultHidden,omitempty"`
}

// detail is one thing that is wrong with a request.
type detail struct {
	Path    string `json:"path,omitempty"`
	Message string `json:"message"`
}

func newError(status int, name, message string) *failure {
	return &failure{status: status, Name: name, Message: message, Details: []detail{{Message: message}}}
}

// withID adds the id, which Unleash gives to errors of its HTTP layer alone.
func withID(f *failure) *failure {
	id := make([]byte, 16)
	_, _ = rand.Read(id) // It never fails.
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	f.ID = fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
	return f
}

const badData = "Request validation failed: your request body or params contain invalid data"

// invalid returns what a request gets whose details are wrong.
func invalid(d detail) *failure {
	return &failure{
		status: http.StatusBadRequest, Name: "BadDataError", Details: []detail{d},
		Message: badData + ". Refer to the `details` list for more information.",
	}
}

// invalidProperty returns what a body gets that is not as its schema says.
func invalidProperty(path, message string) *failure {
	return withID(invalid(detail{Path: path, Message: message}))
}

// invalidValue is the same for a value that was sent as JSON.
func invalidValue(path, complaint string, sent []byte) *failure {
	return invalidProperty(path, "The `"+path+"` property "+complaint+". You sent "+string(sent)+".")
}

// wrongContentType returns what a body gets that is not said to be JSON.
func wrongContentType(got string) *failure {
	if got == "" {
		got = "you didn't provide one"
	}
	return withID(newError(http.StatusUnsupportedMediaType, "ContentTypeError", "We do not accept the content-type you provided ("+got+
		"). Try using one of the content-types we do accept instead (application/json) and make sure the body is in the corresponding format."))
}

// refused returns what a request gets that is well formed but can't be done.
func refused(why string) *failure {
	return &failure{
		status: http.StatusBadRequest, Name: "BadDataError", Details: []detail{{Message: why}},
		Message: badData + ": " + why,
	}
}

func (s *Server) loginRequired() *failure {
	login := s.basePath + "/auth/simple/login"
	f := withID(newError(http.StatusUnauthorized, "AuthenticationRequired", "You must log in to use Unleash. Your request had no "+
		"authorization header, so we could not authorize you. Try logging in at "+login))
	f.Path, f.Type, f.DefaultHidden = login, "password", new(bool)
	return f
}

func (s *Server) fail(w http.ResponseWriter, r *http.Request, f *failure) {
	s.answer(w, r, f.status, f)
}
