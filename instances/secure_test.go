package instances

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// authority makes a certificate for itself, which is an authority, a server's for flags.acme.io and a client's.
func authority(t *testing.T) (certificate, key []byte) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{"flags.acme.io"}, NotAfter: time.Now().Add(24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	made, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: made}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})
}

// TestAProfilesTLS has a server with an authority of its own, for another name than its address, that wants a certificate.
func TestAProfilesTLS(t *testing.T) {
	certificate, key := authority(t)
	pair, err := tls.X509KeyPair(certificate, key)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"tokens":[]}`))
	}))
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(certificate)
	server.TLS = &tls.Config{
		Certificates: []tls.Certificate{pair}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: pool, MinVersion: tls.VersionTLS12,
	}
	server.Config.ErrorLog = nil
	server.StartTLS()
	t.Cleanup(server.Close)
	folder := filepath.ToSlash(t.TempDir())
	write(t, folder+"/ca.pem", string(certificate))
	write(t, folder+"/me.key", string(key))
	write(t, folder+"/empty", "")
	ca, name := fmt.Sprintf("ca_file = %q\n", folder+"/ca.pem"), "server_name = \"flags.acme.io\"\n"
	mine := fmt.Sprintf("client_certificate = %q\nclient_key = %q\n", folder+"/ca.pem", folder+"/me.key")
	foreign, foreignKey := authority(t)
	write(t, folder+"/foreign.pem", string(foreign))
	write(t, folder+"/foreign.key", string(foreignKey))
	another := fmt.Sprintf("client_certificate = %q\nclient_key = %q\n", folder+"/foreign.pem", folder+"/foreign.key")
	for lines, want := range map[string]string{
		ca + name + mine:    "",
		ca + name + another: "refused this computer's certificate (mutual TLS)",
		name + mine:         "authority",
		ca + mine:           "for another host name",
		ca + name:           "certificate",
		fmt.Sprintf("ca_file = %q\n", folder+"/none"):                                                "the profile acme can't be used: the ca_file can't be read",
		fmt.Sprintf("ca_file = %q\n", folder+"/empty"):                                               "the ca_file contains no certificate",
		fmt.Sprintf("client_certificate = %q\nclient_key = %q\n", folder+"/ca.pem", folder+"/empty"): "the client_certificate and client_key can't be used",
	} {
		own, _ := ownProfiles(t, "[[profile]]\nname = \"acme\"\nurl = \""+server.URL+"\"\ntoken = \"user:0123456789\"\n"+lines)
		on, err := OfProfiles(own).Open(t.Context(), "acme", false)
		if err == nil {
			_, err = on.Client.Tokens(t.Context())
		}
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", lines, err, want)
		}
	}
}
