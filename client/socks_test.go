package client

import (
	"io"
	"net"
	"testing"
)

// wantsSignIn has a SOCKS proxy take no user name.
const wantsSignIn = 99

// socksProxy is a SOCKS5 proxy that answers with the code, or never for -1; for 0 it leads to the address.
func socksProxy(t *testing.T, code int, to string) (address string) {
	t.Helper()
	serve := func(near net.Conn) {
		defer near.Close()
		in := make([]byte, 300)
		if _, err := near.Read(in); err != nil || code < 0 {
			_, _ = io.Copy(io.Discard, near)
			return
		}
		if code == wantsSignIn {
			_, _ = near.Write([]byte{5, 0xff})
			return
		}
		_, _ = near.Write([]byte{5, 0})
		if _, err := near.Read(in); err != nil {
			return
		}
		_, _ = near.Write([]byte{5, byte(code), 0, 1, 0, 0, 0, 0, 0, 0})
		far, err := net.Dial("tcp", to)
		if code != 0 || err != nil {
			return
		}
		defer far.Close()
		go func() { _, _ = io.Copy(far, near) }()
		_, _ = io.Copy(near, far)
	}
	return "socks5://ann:hunter22@" + listening(t, serve)
}
