package e2e

import (
	"testing"

	"unleash-invite/e2e/instance"
)

// onEveryServer runs a test on a fresh instance of every version, and on one below a path, as hosted ones are.
func onEveryServer(t *testing.T, test func(*testing.T, *instance.Instance)) {
	t.Helper()
	skipUnlessWanted(t)
	for _, version := range instance.Versions() {
		t.Run(version, func(t *testing.T) { test(t, ownUnleash(t, instance.Options{Version: version})) })
	}
	t.Run("below a path", func(t *testing.T) { test(t, ownUnleash(t, instance.Options{BasePath: "/eu/acme"})) })
}
