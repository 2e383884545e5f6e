package model

// Request is a request that was sent to an Unleash server, without its credential.
type Request struct {
	Method, URL string
	// Body is JSON; empty when there was none.
	Body string
	// Authorized reports whether the credential was sent with it.
	Authorized bool
}
