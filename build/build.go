// Package build describes what the program was built from.
package build

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"
)

// Set by the linker in releases, see .goreleaser.yaml.
var version, commit, date string

// Info describes what the program was built from.
type Info struct {
	Version string // of the program, such as 1.0.0
	Commit  string // of its source; ends with -dirty where that was changed since; empty if unknown
	Date    string // of the commit, in RFC 3339; empty if unknown
}

// This returns what the linker was told, else what Go recorded by itself.
func This() Info {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return describe(Info{version, commit, date}, info)
}

// describe fills what the linker was not told from Go's record.
func describe(told Info, info *debug.BuildInfo) Info {
	recorded := Info{Version: info.Main.Version}
	dirty := ""
	for _, setting := range info.Settings {
		switch setting.Key {
		case "vcs.revision":
			recorded.Commit = setting.Value
		case "vcs.time":
			recorded.Date = setting.Value
		case "vcs.modified":
			if setting.Value == "true" {
				dirty = "-dirty"
			}
		}
	}
	if recorded.Commit != "" {
		recorded.Commit += dirty
	}
	return Info{
		Version: cmp.Or(told.Version, recorded.Version, "(unknown)"),
		Commit:  cmp.Or(told.Commit, recorded.Commit),
		Date:    cmp.Or(told.Date, recorded.Date),
	}
}

func (b Info) String() string {
	text := "unleash-invite " + b.Version + " ("
	if b.Commit != "" {
		text += "commit " + b.Commit + ", "
	}
	if b.Date != "" {
		text += b.Date + ", "
	}
	return fmt.Sprintf("%s%s %s/%s)\n", text, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// Day is the date of the commit, such as 2026-11-23; empty if unknown.
func (b Info) Day() string { return b.Date[:min(len(b.Date), len("2006-01-02"))] }
