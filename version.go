package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"unleash-invite/config"
	"unleash-invite/manual"
)

// Set by the linker in releases, see .goreleaser.yaml.
var version, commit, date string

// build says what the program was made from.
type build struct {
	version string // of the program, such as 1.0.0
	commit  string // of its source; ends with -dirty where that was changed since; empty if unknown
	date    string // of the commit, in RFC 3339; empty if unknown
}

// thisBuild is what the linker was told, else what Go recorded by itself.
func thisBuild() build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return describe(build{version, commit, date}, info)
}

// describe fills what the linker was not told from Go's record.
func describe(told build, info *debug.BuildInfo) build {
	recorded := build{version: info.Main.Version}
	dirty := ""
	for _, setting := range info.Settings {
		switch setting.Key {
		case "vcs.revision":
			recorded.commit = setting.Value
		case "vcs.time":
			recorded.date = setting.Value
		case "vcs.modified":
			if setting.Value == "true" {
				dirty = "-dirty"
			}
		}
	}
	if recorded.commit != "" {
		recorded.commit += dirty
	}
	return build{
		version: cmp.Or(told.version, recorded.version, "(unknown)"),
		commit:  cmp.Or(told.commit, recorded.commit),
		date:    cmp.Or(told.date, recorded.date),
	}
}

func (b build) String() string {
	text := "unleash-invite " + b.version + " ("
	if b.commit != "" {
		text += "commit " + b.commit + ", "
	}
	if b.date != "" {
		text += b.date + ", "
	}
	return fmt.Sprintf("%s%s %s/%s)\n", text, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// about is the text that is asked for instead of the status, if one is.
func about(c config.Config, own config.Profiles) (text string, asked bool, err error) {
	switch {
	case c.Help:
		return manual.Help(), true, nil
	case c.Version:
		return thisBuild().String(), true, nil
	case c.Man:
		b := thisBuild()
		return manual.Page(b.version, day(b.date)), true, nil
	case c.Completion != "":
		return manual.Completion(c.Completion), true, nil
	case c.Profiles:
		text, err := names(own)
		return text, true, err
	}
	return "", false, nil
}

// names are those of the profiles, a line each.
func names(own config.Profiles) (string, error) {
	profiles, err := own.List()
	var lines strings.Builder
	for _, p := range profiles {
		lines.WriteString(p.Name + "\n")
	}
	return lines.String(), err
}

// day is the date of a time in RFC 3339.
func day(t string) string { return t[:min(len(t), len("2006-01-02"))] }
