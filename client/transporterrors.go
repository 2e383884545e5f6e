package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"os"
	"strings"
	"time"
)

// host is the instance's host and port, for people.
func (c *Client) host() string { return c.base.Host }

// noResponse is the error of a request that no answer came to. Unsent reports whether it
// is certain that nothing was sent.
func (c *Client) noResponse(ctx context.Context, err error, unsent bool) *Error {
	e := &Error{Kind: KindNoResponse, cause: err, unsent: unsent, transient: true}
	if unsent {
		e.Kind = KindUnreachable
	}
	var dns *net.DNSError
	var op *net.OpError
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		e.Kind, e.cause, e.transient = KindCanceled, ctx.Err(), false
		e.sentence = "stopped before " + c.host() + " answered"
	case c.distrust(e, err):
	case c.blameProxy(e, err):
	case errors.As(err, &dns) && dns.IsNotFound:
		e.transient = false
		e.sentence = "there is no host called " + clean(dns.Name, wordsLimit)
		e.hint = "Check the address of the instance, and that your network is up"
	case errors.As(err, &dns):
		e.sentence = "the name " + clean(dns.Name, wordsLimit) + " could not be looked up: " + clean(dns.Err, wordsLimit)
		e.hint = "Check that your network is up, and try again"
	case isTimeout(err):
		e.sentence = c.host() + " did not answer in time"
		e.hint = "Check the network, and try again"
	case errors.As(err, &op) && op.Op == "dial":
		c.undialed(e, op)
	case unsent:
		e.sentence = "no connection to " + c.host() + ": " + clean(err.Error(), wordsLimit)
		e.hint = "Check the network and the address"
	case strings.Contains(err.Error(), "malformed"):
		e.sentence = c.host() + " answered with something that is not HTTP"
		e.hint = "Check the address of the instance and its port"
	default:
		e.sentence = "the connection to " + c.host() + " broke before the answer arrived"
		e.hint = "Try again; if it keeps happening, check whether the address begins with the right http:// or https://"
	}
	return e
}

// undialed fills in e where no connection came about.
func (c *Client) undialed(e *Error, op *net.OpError) {
	if op.Net == "unix" && op.Addr != nil {
		e.sentence = "no connection through the Unix socket " + clean(op.Addr.String(), wordsLimit) + ": " + reason(op)
		e.hint = "Check unix_socket in the instance's profile, and that what answers there is running"
		return
	}
	e.sentence = "no connection to " + c.host() + ": " + reason(op)
	e.hint = "Check the address, and that Unleash is running there"
}

const stays = " (certificates are always verified)"

// distrust fills in e when err is that the server could not prove who it is.
func (c *Client) distrust(e *Error, err error) bool {
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var other *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	switch {
	case errors.As(err, &record) && string(record.RecordHeader[:]) == "HTTP/":
		e.sentence = c.host() + " speaks HTTP, not HTTPS"
		e.hint = "If that is intended, begin the address with http://"
	case c.distrustFile(e, err), c.nameless(e, err):
	case errors.As(err, &unknown):
		e.sentence = "the certificate of " + c.host() + " is signed by an authority that this computer doesn't know" + stays
		e.hint = "If it is your organisation's own, add its authority to the system's, or name its file in SSL_CERT_FILE"
	case errors.As(err, &name):
		e.sentence = "the certificate of " + c.host() + " is for another host name" + stays
		e.hint = "Check the address of the instance"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		e.sentence = "the certificate of " + c.host() + " " + validity(invalid.Cert, time.Now()) + stays
		e.hint = "Have it renewed, and check this computer's clock"
	case errors.As(err, &invalid), errors.As(err, &other):
		e.sentence = "the certificate of " + c.host() + " is not valid" + stays
		e.hint = "Ask whoever runs the server"
	case errors.As(err, &record):
		e.sentence = c.host() + " does not speak TLS"
		e.hint = "Check the address of the instance"
	case c.alerted(e, err):
	default:
		return false
	}
	e.transient = false
	e.distrusted = string(record.RecordHeader[:]) != "HTTP/"
	return true
}

func validity(cert *x509.Certificate, now time.Time) string {
	if cert != nil && now.Before(cert.NotBefore) {
		return "is not valid before " + cert.NotBefore.UTC().Format(time.DateTime) + " UTC"
	}
	if cert != nil && now.After(cert.NotAfter) {
		return "expired on " + cert.NotAfter.UTC().Format(time.DateOnly)
	}
	return "has expired"
}

// reason is the innermost text of a failed dial: "connection refused" and the like.
func reason(err error) string {
	for inner := err; inner != nil; inner = errors.Unwrap(inner) {
		err = inner
	}
	return clean(err.Error(), wordsLimit)
}

func isTimeout(err error) bool {
	var timed interface{ Timeout() bool }
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timed) && timed.Timeout()
}

// nameless fills in e when the server's certificate has no subject alternative name.
func (c *Client) nameless(e *Error, err error) bool {
	var name x509.HostnameError
	if !errors.As(err, &name) || len(name.Certificate.DNSNames)+len(name.Certificate.IPAddresses) > 0 {
		return false
	}
	e.sentence = "the certificate of " + c.host() + " names no host in a subject alternative name" + stays
	e.hint = "Have it reissued with the host as a subject alternative name: the common name alone no longer counts"
	return true
}

// alerted fills in e when the server ended the connection with a TLS alert.
func (c *Client) alerted(e *Error, err error) bool {
	op, isOp := asOpError(err)
	switch {
	case !isOp || op.Op != "remote error":
		return false
	case c.connection.tls.Certificate != nil && strings.Contains(op.Error(), "certificate"):
		e.sentence = c.host() + " refused this computer's certificate (mutual TLS): " + reason(op)
		e.hint = "Check client_certificate and client_key in the instance's profile, and who signed them"
	case c.wantsCertificate(op):
		e.sentence = c.host() + " wants a client certificate (mutual TLS): " + reason(op)
		e.hint = "Put client_certificate and client_key into the instance's profile, or ask whoever runs the server"
	default:
		e.sentence = c.host() + " refused the TLS connection: " + reason(op)
		e.hint = "Ask whoever runs the server which TLS versions and client certificates it wants"
	}
	return true
}

// wantsCertificate reports whether a TLS alert is about the client's certificate.
func (c *Client) wantsCertificate(alert *net.OpError) bool {
	said := alert.Error()
	if asked := c.connection.certificateWanted; asked != nil && asked() && c.connection.tls.Certificate == nil {
		return true
	}
	return strings.Contains(said, "certificate required") || strings.Contains(said, "bad certificate")
}

// distrustFile fills in e when no authority is known because of SSL_CERT_FILE.
func (c *Client) distrustFile(e *Error, err error) bool {
	file := os.Getenv("SSL_CERT_FILE")
	var unknown x509.UnknownAuthorityError
	var none x509.SystemRootsError
	if file == "" || c.connection.tls.CAs != nil || !errors.As(err, &unknown) && !errors.As(err, &none) {
		return false
	}
	content, reading := os.ReadFile(file)
	switch {
	case reading != nil:
		e.sentence = "SSL_CERT_FILE names a file that can't be read, so the certificate of " + c.host() + " can't be verified: " + reason(reading)
	case !x509.NewCertPool().AppendCertsFromPEM(content):
		e.sentence = "SSL_CERT_FILE names a file without a certificate in PEM form, so the certificate of " + c.host() + " can't be verified"
	default:
		return false
	}
	e.hint = "Point it at your organisation's authorities, or unset it"
	return true
}

func asOpError(err error) (*net.OpError, bool) {
	var op *net.OpError
	return op, errors.As(err, &op)
}

func asConnectError(err error) (connectError, bool) {
	var refused connectError
	return refused, errors.As(err, &refused)
}
