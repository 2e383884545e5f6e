package client

import (
	"cmp"
	"math"
	"net/url"
	"slices"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// The types in this file are the only ones that a server's JSON is decoded into.
// Their strings are of types that are safe once decoded, see text.go; a test
// fails on any other.

// wireToken is a token of GET /api/admin/invite-link/tokens.
type wireToken struct {
	Secret    secret    `json:"secret"`
	Name      text      `json:"name"`
	URL       link      `json:"url"`
	ExpiresAt instant   `json:"expiresAt"`
	Enabled   enabled   `json:"enabled"`
	CreatedAt instant   `json:"createdAt"`
	CreatedBy text      `json:"createdBy"`
	Role      wireRole  `json:"role"`
	Users     wireUsers `json:"users"`
}

// wireTokenUser is one of a token's users.
type wireTokenUser struct {
	ID       int64 `json:"id"`
	Name     text  `json:"name"`
	Username text  `json:"username"`
}

// wireUsers are a token's newest users, and how many there are in all: whoever has the
// link decides how many sign up.
type wireUsers struct {
	newest []wireTokenUser // the latest first once all are read
	count  int
}

// newestKept is the most people that are kept of one token.
const newestKept = 1000

// UnmarshalJSONFrom takes a list of people or null.
func (w *wireUsers) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	*w = wireUsers{}
	if dec.PeekKind() == 'n' {
		return dec.SkipValue()
	}
	defer w.cut()
	return decodeArray(dec, math.MaxInt, func(p wireTokenUser) error {
		w.count++
		w.newest = append(w.newest, p)
		if len(w.newest) == 2*newestKept {
			w.cut()
		}
		return nil
	})
}

// cut leaves those who signed up last, in that order.
func (w *wireUsers) cut() {
	slices.SortStableFunc(w.newest, func(a, b wireTokenUser) int { return cmp.Compare(b.ID, a.ID) })
	w.newest = w.newest[:min(len(w.newest), newestKept)]
}

// wireUser is the answer of GET /api/admin/user.
type wireUser struct {
	User        *wireAccount     `json:"user"`
	Permissions []wirePermission `json:"permissions"`
}

// wireAccount is an account, as of GET /api/admin/user-admin. The seen and created
// times, the role and the SCIM id are not sent everywhere.
type wireAccount struct {
	ID        int64   `json:"id"`
	Name      text    `json:"name"`
	Username  text    `json:"username"`
	Email     text    `json:"email"`
	RootRole  int64   `json:"rootRole"`
	CreatedAt instant `json:"createdAt"`
	SeenAt    instant `json:"seenAt"`
	SCIMID    text    `json:"scimId"`
}

// wireRole is a root role.
type wireRole struct {
	ID   int64 `json:"id"`
	Name text  `json:"name"`
}

// UnmarshalJSONFrom takes any value: a link counts without its role, too.
func (w *wireRole) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	*w = wireRole{}
	if dec.PeekKind() != '{' {
		return dec.SkipValue()
	}
	type object wireRole // without this method
	return json.UnmarshalDecode(dec, (*object)(w))
}

// wireServer is the answer of GET /api/admin/ui-config.
type wireServer struct {
	Name        text `json:"name"`
	Environment text `json:"environment"`
	Version     text `json:"version"`
	VersionInfo struct {
		Current struct {
			OSS        text `json:"oss"`
			Enterprise text `json:"enterprise"`
		} `json:"current"`
	} `json:"versionInfo"`
	UnleashURL          link `json:"unleashUrl"`
	DisablePasswordAuth yes  `json:"disablePasswordAuth"`
	MaintenanceMode     yes  `json:"maintenanceMode"`
	Flags               struct {
		MaintenanceMode yes `json:"maintenanceMode"`
	} `json:"flags"`
}

// wireRefusal is the body of an error, in all the shapes of Unleash 4 to 8.
type wireRefusal struct {
	ID         text               `json:"id"`
	Name       text               `json:"name"`
	Message    words              `json:"message"`
	Error      words              `json:"error"`
	Details    []wireRefusalCause `json:"details"`
	Validation []wireRefusalCause `json:"validation"`
	// Of Unleash 4: what was missing, and where to sign in.
	Permission text `json:"permission"`
	Type       text `json:"type"`
	Path       text `json:"path"`
}

type wireRefusalCause struct {
	DataPath text  `json:"dataPath"`
	Message  words `json:"message"`
}

// wirePermission is the name of a permission, which is sent either bare or as
// {"permission": name}.
type wirePermission struct {
	Permission text `json:"permission"`
}

// UnmarshalJSONFrom takes both forms.
func (p *wirePermission) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	if dec.PeekKind() == '"' {
		return json.UnmarshalDecode(dec, &p.Permission)
	}
	type object wirePermission // without this method
	return json.UnmarshalDecode(dec, (*object)(p))
}

// wireHealth is the answer to GET /health, which nothing but Unleash gives like this.
type wireHealth struct {
	Health text `json:"health"`
}

// secret is a token's secret, byte for byte. One that is not safe as it stands
// makes the whole answer unusable: every Unleash makes 32 hexadecimal digits.
type secret string

// UnmarshalText takes a secret as it is or not at all.
func (s *secret) UnmarshalText(raw []byte) error {
	if !usableSecret(string(raw)) {
		return errSecret
	}
	*s = secret(raw)
	return nil
}

// usableSecret reports whether a secret can be printed and, escaped, be one part of a path.
func usableSecret(s string) bool {
	return s != "" && len(s) <= 256 && clean(s, 256) == s && s != "." && s != ".."
}

// link is a web address from the server; empty when it is not one that may be
// shown, copied and opened as it stands: http or https, printable ASCII, no user
// name, at most 2,048 bytes. Refused reports whether there was one, but not such.
type link struct {
	address text
	refused bool
}

// UnmarshalText takes an address as it is or not at all.
func (l *link) UnmarshalText(raw []byte) error {
	s := string(raw)
	*l = link{refused: s != ""}
	if len(s) > 2048 || headerToken(s) != s || !hasScheme(s) {
		return nil
	}
	if u, err := url.Parse(s); err == nil && u.Hostname() != "" && u.User == nil {
		*l = link{address: text(s)}
	}
	return nil
}

// instant is a time in RFC 3339; zero when the server sent none that can be read,
// so that one broken date does not hide all the links.
type instant struct{ time.Time }

// UnmarshalJSON takes any JSON value.
func (i *instant) UnmarshalJSON(raw []byte) error {
	at, err := time.Parse(`"`+time.RFC3339+`"`, string(raw))
	if err != nil {
		at = time.Time{}
	}
	i.Time = at
	return nil
}

// enabled is whether a link is: null, in old rows, means that it is not.
type enabled struct{ sent, on bool }

// UnmarshalJSON takes true, false and null.
func (e *enabled) UnmarshalJSON(raw []byte) error {
	switch string(raw) {
	case "true", "false", "null":
		*e = enabled{sent: true, on: string(raw) == "true"}
		return nil
	default:
		return errShape
	}
}

// yes is true only when the server sent true: older versions lack such fields,
// and a flag may be an object.
type yes bool

// UnmarshalJSON takes any JSON value.
func (y *yes) UnmarshalJSON(raw []byte) error {
	*y = string(raw) == "true"
	return nil
}

// redacting takes the credential out of every text that is decoded, by its type: no field can be forgotten.
func redacting(hidden credential) json.Options {
	return json.WithUnmarshalers(json.JoinUnmarshalers(
		json.UnmarshalFromFunc(func(dec *jsontext.Decoder, t *text) error {
			s, err := readString(dec)
			*t = text(hidden.redact(clean(s, textLimit)))
			return err
		}),
		json.UnmarshalFromFunc(func(dec *jsontext.Decoder, w *words) error {
			s, err := readString(dec)
			*w = words(hidden.redact(clean(s, wordsLimit)))
			return err
		}),
		json.UnmarshalFromFunc(func(dec *jsontext.Decoder, l *link) error {
			s, err := readString(dec)
			if err == nil {
				err = l.UnmarshalText([]byte(s))
			}
			l.address = text(hidden.redact(string(l.address)))
			return err
		}),
	))
}

// readString reads a string, or null as an empty one.
func readString(dec *jsontext.Decoder) (string, error) {
	t, err := dec.ReadToken()
	switch {
	case err != nil:
		return "", err
	case t.Kind() == 'n':
		return "", nil
	case t.Kind() != '"':
		return "", errShape
	default:
		return t.String(), nil
	}
}
