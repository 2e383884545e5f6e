package config

import (
	"maps"
	"strings"
	"testing"
	"time"
)

func TestFlags(t *testing.T) {
	at := time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)
	demo := map[string]string{EnvMask: "1", EnvReadOnly: "true", EnvURL: "http://env"}
	tests := []struct {
		name string
		env  map[string]string
		args []string
		want Config
	}{
		{"a demo at a time", nil, []string{"--demo-at", "2026-11-23T16:00:00Z"}, Config{Demo: true, DemoAt: at}},
		{"both demo flags", nil, []string{"--demo", "--demo-at=2026-11-23T16:00:00Z"}, Config{Demo: true, DemoAt: at}},
		{"mask", nil, []string{"--mask", "--demo"}, Config{Demo: true, Mask: true}},
		{"the environment", demo, []string{"--demo"}, Config{Demo: true, Mask: true, ReadOnly: true}},
		{"flags before the environment", demo, []string{"--demo", "--mask=false", "--read-only=0"}, Config{Demo: true}},
		{"a broken variable that a flag stands before", map[string]string{EnvMask: "maybe"}, []string{"--demo", "--mask"}, Config{Demo: true, Mask: true}},
		{"the last of two", map[string]string{EnvToken: "t"}, []string{"--url", "a", "--url", "b", "--mask"}, Config{URL: "b", Token: "t", Mask: true}},
		{"an empty variable is none", map[string]string{EnvMask: "", EnvToken: "t", EnvURL: "u"}, nil, Config{URL: "u", Token: "t"}},
		{"the man page", nil, []string{"--man"}, Config{Man: true}},
		{"completions", nil, []string{"--completion", "powershell"}, Config{Completion: "powershell"}},
		{"a version in a broken environment", map[string]string{EnvMask: "maybe"}, []string{"--version"}, Config{Version: true}},
	}
	for _, tt := range tests {
		if got, err := load(tt.env, "", tt.args...); err != nil || got != tt.want {
			t.Errorf("%s: %+v, %v", tt.name, got, err)
		}
	}
	for _, help := range []string{"--help", "-help", "-h"} {
		if got, err := load(map[string]string{EnvMask: "maybe"}, "", help); err != nil || got != (Config{Help: true}) {
			t.Errorf("%s: %+v, %v", help, got, err)
		}
	}
}

func TestWrongFlagsAreASentenceWithoutTheirValue(t *testing.T) {
	tests := []struct {
		name string
		env  map[string]string
		args []string
		want string
	}{
		{"a time", nil, []string{"--demo-at", "user:secret"}, "--demo-at takes a time such as 2026-11-23T16:00:00Z"},
		{"a date alone", nil, []string{"--demo-at", "2026-11-23"}, "--demo-at takes a time"},
		{"a switch", nil, []string{"--mask=user:secret"}, "--mask is neither 1 nor 0"},
		{"a variable", map[string]string{EnvMask: "user:secret"}, []string{"--demo"}, "UNLEASH_MASK is neither 1 nor 0"},
		{"a shell", nil, []string{"--completion", "secret"}, "--completion takes one of bash, zsh"},
		{"no argument", nil, []string{"--demo-at"}, "needs an argument"},
	}
	for _, tt := range tests {
		_, err := load(tt.env, "", tt.args...)
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestEveryFlagDoesSomething(t *testing.T) {
	for _, f := range Flags() {
		value := "1"
		switch {
		case f.Name == "demo-at":
			value = "2026-11-23T16:00:00Z"
		case len(f.Choices) > 0:
			value = f.Choices[0]
		}
		var c command
		if err := f.set(&c, value); err != nil || c == (command{}) {
			t.Errorf("--%s: %+v, %v", f.Name, c, err)
		}
	}
}

func TestFlagsAreGivenOnce(t *testing.T) {
	seen := map[string]int{}
	for _, f := range Flags() {
		seen[f.Name]++
		if f.Env != "" {
			seen[f.Env]++
		}
	}
	for name := range maps.Keys(seen) {
		if seen[name] != 1 {
			t.Errorf("%s stands %d times", name, seen[name])
		}
	}
}
