package model

// Request is a request that was sent to an Unleash server, without its credential.
type Request struct {
	Method, URL string
	// Body is JSON; empty when there was none.
	Body string
	// Authorized reports whether the credential was sent with it.
	Authorized bool
}

// Way is how a server is reached, beside its address.
type Way struct {
	// The paths of files in PEM and of a socket, and who the server's certificate has to be for.
	CAFile, ClientCertificate, ClientKey, UnixSocket, ServerName string
	// Headers has the names of those that a gateway wants, one per line, without their values.
	Headers string
}
