package curl

import (
	"cmp"
	"net"
	"net/url"
	"strings"

	"unleash-invite/model"
)

// Header is one that a gateway wants, and the variable that stands for its value.
type Header struct{ Name, Variable string }

// Headers are those of the way.
func Headers(way model.Way) []Header {
	var headers []Header
	for name := range strings.FieldsSeq(way.Headers) {
		variable := strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
		if variable[0] >= '0' && variable[0] <= '9' {
			variable = "_" + variable
		}
		headers = append(headers, Header{name, variable})
	}
	return headers
}

// secrets print the headers whose values are secret, for curl's standard input: as its arguments, other users of the
// machine could read them.
func secrets(r model.Request, way model.Way) []Word {
	format, values := "", []Word(nil)
	add := func(name, variable string) {
		format += name + `: %s\n`
		values = append(values, Word{`"$` + variable + `"`, true})
	}
	if r.Authorized {
		add("Authorization", "UNLEASH_TOKEN")
	}
	for _, h := range Headers(way) {
		add(h.Name, h.Variable)
	}
	if format == "" {
		return nil
	}
	return append([]Word{{"printf", true}, {format, false}}, values...)
}

// along returns curl's options for the way, and the address to give it: that of the name which the certificate is for,
// where it has another.
func along(address string, way model.Way) (words []Word, target string) {
	for _, each := range []struct{ option, value string }{
		{"--cacert", way.CAFile}, {"--cert", way.ClientCertificate}, {"--key", way.ClientKey}, {"--unix-socket", way.UnixSocket},
	} {
		if each.value != "" {
			words = append(words, Word{each.option, true}, Word{each.value, false})
		}
	}
	u, err := url.Parse(address)
	if err != nil || way.ServerName == "" || u.Scheme != "https" {
		return words, address
	}
	host, port := u.Host, cmp.Or(u.Port(), "443")
	words = append(words, Word{"--connect-to", true}, Word{way.ServerName + ":" + port + ":" + u.Hostname() + ":" + port, false},
		Word{"-H", true}, Word{"Host: " + host, false})
	u.Host = net.JoinHostPort(way.ServerName, port)
	return words, u.String()
}
