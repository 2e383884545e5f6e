package model

import (
	"strconv"
	"strings"
)

// lastLeaky is the last major version of Unleash whose event log gives the secrets of
// new links to everyone.
const lastLeaky = 6

// ViewersReadSecrets reports whether every user of the instance, Viewers too, can read the
// secret of a new link: on Unleash 4 to 6, and maybe where the version is not known. See POST
// /api/admin/events/search, which asks for no permission there.
func (s Server) ViewersReadSecrets() bool {
	text, _, _ := strings.Cut(s.Version, ".")
	major, err := strconv.Atoi(text)
	return err != nil || major <= lastLeaky
}
