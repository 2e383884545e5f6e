// Package before acts before the packages of other modules are initialized: Go goes by the order of their paths, which is
// why it is a module with a path of its own. Lip Gloss starts tmux when it is initialized, to ask for its colours. That
// tmux would get our whole environment, with the tokens in it, so it finds no TMUX until main begins.
package before

import "os"

const variable = "TMUX"

var tmux, given = os.LookupEnv(variable)

func init() {
	if given {
		_ = os.Unsetenv(variable) // it fails for names that are none
	}
}

// Main puts back what was taken; main calls it first.
func Main() {
	if given {
		_ = os.Setenv(variable, tmux)
	}
}
