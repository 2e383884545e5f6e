package instances

import (
	"context"

	"unleash-invite/client"
	"unleash-invite/config"
)

// sourceOf is where a token came from that no profile has. A variable and standard input can't have a newer one.
func sourceOf(c config.Config) client.TokenSource {
	switch c.TokenFile {
	case "":
		return client.TokenSource{Name: "the variable " + config.EnvToken}
	case "-":
		return client.TokenSource{Name: "standard input"}
	}
	return client.TokenSource{Name: "the file given by --token-file", Renew: func(context.Context) (string, error) {
		token, err := config.ReadTokenFile(c.TokenFile)
		return string(token), err
	}}
}

// sourceOfProfile is where the profile's token comes from. The profiles file may have been edited meanwhile; for another
// address it counts for nothing. A command finds no terminal: the screen is on it.
func (i *Instances) sourceOfProfile(p config.Profile) client.TokenSource {
	from := client.TokenSource{Name: p.Source.String()}
	if p.Source.Kind == config.InEnvironment {
		return from
	}
	from.Renew = func(ctx context.Context) (string, error) {
		if now, err := i.profiles.Find(p.Name); err == nil && now.SamePlace(p) {
			p.Source = now.Source
		}
		token, err := i.profiles.Token(ctx, p, false)
		return string(token), err
	}
	return from
}
