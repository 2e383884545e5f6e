package instances

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"unleash-invite/client"
	"unleash-invite/config"
)

// secured reads a profile's files for TLS. Authorities of its own count beside the system's.
func secured(s config.Secure) (client.TLS, error) {
	t := client.TLS{ServerName: s.ServerName}
	if s.CAFile != "" {
		text, err := os.ReadFile(s.CAFile)
		if err != nil {
			return client.TLS{}, fmt.Errorf("the ca_file can't be read: %w", withoutPath(err))
		}
		if t.CAs, err = x509.SystemCertPool(); err != nil {
			t.CAs = x509.NewCertPool()
		}
		if !t.CAs.AppendCertsFromPEM(text) {
			return client.TLS{}, errors.New("the ca_file contains no certificate in PEM form: give the authority's own")
		}
	}
	if s.ClientCertificate != "" {
		pair, err := tls.LoadX509KeyPair(s.ClientCertificate, s.ClientKey)
		if err != nil {
			return client.TLS{}, fmt.Errorf("the client_certificate and client_key can't be used: %w", withoutPath(err))
		}
		t.Certificate = &pair
	}
	return t, nil
}

func withoutPath(err error) error {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err
	}
	return err
}
