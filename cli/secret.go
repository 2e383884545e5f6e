package cli

import (
	"errors"
	"net/url"
	"strings"

	"unleash-invite/model"
)

// shortest is how much of a secret has to be given.
const shortest = 4

// find is the link that is meant by its secret, the beginning of it, or its URL. The error repeats nothing: what was
// given may be a token in the wrong place.
func find(links model.Links, given string) (model.Token, error) {
	if u, err := url.Parse(given); err == nil && u.Query().Get("invite") != "" {
		given = u.Query().Get("invite")
	}
	if t, ok := links.Find(given); ok {
		return t, nil
	}
	var found []model.Token
	for _, t := range links.Tokens {
		if strings.HasPrefix(t.Secret, given) && len(given) >= shortest {
			found = append(found, t)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return model.Token{}, errors.New("no link has that secret: list shows them all, and the first four characters are enough")
	}
	return model.Token{}, errors.New("several secrets begin with that: give more characters")
}
