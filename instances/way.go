package instances

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"unleash-invite/client"
	"unleash-invite/config"
	"unleash-invite/model"
)

// wayTo is a profile that knows how the address is reached where no profile is named: the one of that address, if all of
// them are reached in the same way; else an empty one.
func (i *Instances) wayTo(address string) (way config.Profile) {
	all, _ := i.profiles.List() // as for the marks
	for _, p := range all {
		switch {
		case !config.SameAddress(p.URL, address):
		case way.Name == "":
			way = p
		case !p.SameWay(way):
			return config.Profile{}
		}
	}
	return way
}

// told is the profile's way for people: of its headers it has the names alone.
func told(p config.Profile) model.Way {
	s := p.Secure
	names := make([]string, len(p.Headers))
	for n, h := range p.Headers {
		names[n] = h.Name
	}
	return model.Way{
		CAFile: s.CAFile, ClientCertificate: s.ClientCertificate, ClientKey: s.ClientKey, UnixSocket: s.UnixSocket,
		ServerName: s.ServerName, Headers: strings.Join(names, "\n"),
	}
}

// optionsOf are a client's for the profile's TLS, its socket and its gateway.
func (i *Instances) optionsOf(ctx context.Context, p config.Profile, ask bool) ([]client.Option, error) {
	secure, err := secured(p.Secure)
	if err != nil {
		return nil, fmt.Errorf("the profile %s can't be used: %w", p.Name, err)
	}
	options := []client.Option{client.WithTLS(secure), client.WithUnixSocket(p.Secure.UnixSocket)}
	if len(p.Headers) == 0 {
		return options, nil
	}
	values, err := i.headers(ctx, p, ask)
	if err != nil {
		return nil, err
	}
	renew := func(ctx context.Context) (http.Header, error) {
		if now, err := i.profiles.Find(p.Name); err == nil && now.SamePlace(p) {
			p.Headers = now.Headers // the file may have been edited
		}
		return i.headers(ctx, p, false)
	}
	return append(options, client.WithHeaders(client.Headers{Values: values, Renew: renew})), nil
}

func (i *Instances) headers(ctx context.Context, p config.Profile, ask bool) (http.Header, error) {
	values, err := i.profiles.Headers(ctx, p, ask)
	headers := http.Header{}
	for name, value := range values {
		headers.Set(name, string(value))
	}
	return headers, err
}
