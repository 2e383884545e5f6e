package client

import (
	"context"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// A 401, 403 or 407 need not be Unleash's: gateways, firewalls and sign-in pages answer
// like this, too, and no other token helps against them.

// refuses reports whether a status is one by which somebody is kept out.
func refuses(status int) bool {
	return status == http.StatusUnauthorized || status == http.StatusForbidden || status == http.StatusProxyAuthRequired ||
		status == http.StatusNetworkAuthenticationRequired
}

// ownRefusal reports whether a refusal has a shape of Unleash's own, 4 to 8: JSON with a name and an ID or details, a
// permission or a way to sign in, or the bare word of Unleash 4, which others end with a line break. What carried no
// token Unleash doesn't refuse.
func ownRefusal(e *Error, resp *http.Response, w wireRefusal, raw []byte) bool {
	switch {
	case resp.Request.Header.Get("Authorization") == "":
		return false
	case e.onOurSide(), resp.Header.Get("WWW-Authenticate") != "": // Unleash sends neither
		return false
	case e.form == formJSON:
		named := w.Name != "" && (w.ID != "" || len(w.Details) > 0)
		signIn := e.Status == http.StatusUnauthorized && w.Type != "" && w.Path != ""
		return named || w.Permission != "" || signIn || strings.Contains(e.Message, "token type")
	case e.form == formPlain:
		return e.Status == http.StatusUnauthorized && string(raw) == http.StatusText(e.Status)
	default:
		return false
	}
}

// blameStranger names who seems to have refused a request in place of Unleash.
func (c *Client) blameStranger(e *Error, resp *http.Response) {
	e.stranger = true
	e.sentence = statusLine(e.Status) + ": " + strangerOf(e, resp.Header) + " refused the request, not Unleash"
	if said := strings.TrimRight(e.Message, ". "); said != "" && !strings.EqualFold(said, http.StatusText(e.Status)) {
		e.sentence += ": " + said
	}
	e.hint = "The token is not the cause: check the address, or ask whoever runs " + c.host() +
		" to let you through; a profile may have headers for that"
	switch e.Status {
	case http.StatusProxyAuthRequired:
		e.hint = "Put the proxy's user name and password in HTTPS_PROXY or HTTP_PROXY, or ask whoever runs it"
	case http.StatusNetworkAuthenticationRequired:
		e.transient = false
		e.hint = "Sign in to the network: a browser shows its page for any http:// address"
	}
}

// strangerOf names what answered as well as its answer tells.
func strangerOf(e *Error, h http.Header) string {
	server := clean(h.Get("Server"), 40)
	named := func(what string) string {
		if server == "" {
			return what + " in front of it"
		}
		return what + " in front of it (" + server + ")"
	}
	scheme, _, _ := strings.Cut(h.Get("WWW-Authenticate"), " ")
	switch {
	case e.Status == http.StatusNetworkAuthenticationRequired:
		return "the network that you are in, which wants a sign-in of its own,"
	case e.Status == http.StatusProxyAuthRequired:
		return "a proxy on the way that wants a user name and password"
	case strings.EqualFold(scheme, "basic"):
		return named("a web server or proxy that wants a user name and password (basic authentication)")
	case scheme != "":
		return named("a gateway that wants a sign-in of its own (" + clean(scheme, 40) + ")")
	case strings.HasPrefix(e.Message, "RBAC:"):
		return "an Envoy proxy, such as a service mesh's,"
	case h.Get("CF-Ray") != "":
		return "Cloudflare"
	case e.form == formPage:
		return named("a firewall or sign-in page")
	case e.form == formJSON:
		return named("an API gateway")
	default:
		return named("a proxy or gateway")
	}
}

// outsiders adds what an error of an invite link's own address means for those who have the link.
func outsiders(e *Error) {
	const also = "until that changes, people outside can't open the link either"
	if e.hint == "" {
		e.hint = strings.ToUpper(also[:1]) + also[1:]
		return
	}
	e.hint += "; " + also
}

// onOurSide reports whether it is the user's own proxy or network that refused.
func (e *Error) onOurSide() bool {
	return e.Status == http.StatusProxyAuthRequired || e.Status == http.StatusNetworkAuthenticationRequired
}

// keepsPeopleOut reports whether something other than Unleash answers where people open the link.
func (e *Error) keepsPeopleOut() bool {
	return e.stranger && !e.onOurSide() || e.Status >= 300 && e.Status <= 399 ||
		e.Kind == KindBadResponse && (e.form == formPage || e.form == formPlain)
}

// elsewhere reports whether a link's own address leads to something that doesn't know it, and is not Unleash.
func (e *Error) elsewhere() bool {
	return e.Kind == KindAnswer && e.Status == http.StatusNotFound && e.form != formJSON
}

// oldestVersion is the oldest Unleash that the program is tested with.
const oldestVersion = "4.19"

// withoutLinks explains why there is no list of invite links where Unleash itself
// answers: it is too old, or something hides them. Else the error is as it was.
func (c *Client) withoutLinks(ctx context.Context, err error) error {
	e, ok := err.(*Error) //nolint:errorlint // as do returns it
	if !ok || e.Status != http.StatusNotFound && (e.Status != http.StatusOK || e.form != formPage) {
		return err
	}
	server, asking := c.Server(ctx)
	if asking != nil {
		return err
	}
	if older(server.Version, oldestVersion) {
		old := *e
		old.sentence = "this Unleash is too old for invite links: it is version " + server.Version
		old.hint = "Update it: " + oldestVersion + " and later are supported"
		return &old
	}
	hidden := *e
	hidden.hint = "Unleash itself answers there, but not about invite links: check what stands in front of it"
	if server.Version == "" {
		hidden.hint = "Unleash itself answers there, but not about invite links: it may be older than " + oldestVersion
	}
	return &hidden
}

var release = regexp.MustCompile(`^v?(\d{1,5})\.(\d{1,5})`)

// older compares two versions by their first two numbers; one that can't be read is not older.
func older(version, than string) bool {
	a, b := release.FindStringSubmatch(version), release.FindStringSubmatch(than)
	if a == nil || b == nil {
		return false
	}
	number := func(m []string) int {
		major, _ := strconv.Atoi(m[1])
		minor, _ := strconv.Atoi(m[2])
		return major*100_000 + minor
	}
	return number(a) < number(b)
}
