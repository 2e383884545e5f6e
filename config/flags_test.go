package config

import (
	"reflect"
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
	}
	for _, tt := range tests {
		if got, err := load(tt.env, "", tt.args...); err != nil || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: %+v, %v", tt.name, got, err)
		}
	}
}
