package config

import (
	"os"
	"strings"
	"sync"
)

// environment is our own. A token that was taken out of it is in no child's.
type environment struct {
	mu    sync.Mutex
	taken map[string]string
}

func (e *environment) get(name string) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	if value, ok := e.taken[name]; ok {
		return value
	}
	return os.Getenv(name)
}

// take removes the variable; get still knows it.
func (e *environment) take(name string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	value, ok := os.LookupEnv(name)
	if !ok || os.Unsetenv(name) != nil {
		return
	}
	if e.taken == nil {
		e.taken = map[string]string{}
	}
	e.taken[name] = value
}

// variable reads a secret from the environment. From then on no child gets it, also where a profile names it that was
// written since HideTokens.
func (p Profiles) variable(name string) string {
	if p.hide != nil {
		p.hide(name)
	}
	return strings.TrimSpace(p.getenv(name))
}

// HideTokens takes UNLEASH_TOKEN and every variable that a profile names for its token or a header out of the program's
// environment, so that no program that it starts gets them. Token and Headers still find them.
func (p Profiles) HideTokens() {
	p.hide(EnvToken)
	profiles, _ := p.List() // without a file that can be read no variable is named
	for _, each := range profiles {
		for _, s := range each.secrets() {
			if s.Kind == InEnvironment {
				p.hide(s.From)
			}
		}
	}
}
