package build

import (
	"runtime/debug"
	"strings"
	"testing"
)

func TestTheVersionTellsTheCommitAndItsDate(t *testing.T) {
	recorded := func(version string, settings ...debug.BuildSetting) *debug.BuildInfo {
		return &debug.BuildInfo{Main: debug.Module{Version: version}, Settings: settings}
	}
	vcs := []debug.BuildSetting{{Key: "vcs.revision", Value: "26ca693"}, {Key: "vcs.time", Value: "2026-11-23T18:58:12Z"}}
	tests := []struct {
		name string
		told Info
		info *debug.BuildInfo
		want string
	}{
		{"a release", Info{"1.0.0", "26ca693", "2026-11-23T18:58:12Z"}, recorded("(devel)"), "unleash-invite 1.0.0 (commit 26ca693, 2026-11-23T18:58:12Z, go"},
		{"a release before Go's record", Info{"1.0.0", "26ca693", "2026-11-24"}, recorded("v9", vcs...), "unleash-invite 1.0.0 (commit 26ca693, 2026-11-24, go"},
		{"go build", Info{}, recorded("v0.0.0-2026", vcs...), "unleash-invite v0.0.0-2026 (commit 26ca693, 2026-11-23T18:58:12Z, go"},
		{"go build with changes", Info{}, recorded("v0+dirty", append(vcs, debug.BuildSetting{Key: "vcs.modified", Value: "true"})...),
			"unleash-invite v0+dirty (commit 26ca693-dirty, 2026-11-23T18:58:12Z, go"},
		{"without changes", Info{}, recorded("v0", append(vcs, debug.BuildSetting{Key: "vcs.modified", Value: "false"})...), "unleash-invite v0 (commit 26ca693, "},
		{"no commit", Info{}, recorded("(devel)", debug.BuildSetting{Key: "vcs.modified", Value: "true"}), "unleash-invite (devel) (go"},
		{"nothing", Info{}, recorded(""), "unleash-invite (unknown) (go"},
	}
	for _, tt := range tests {
		got := describe(tt.told, tt.info).String()
		if !strings.HasPrefix(got, tt.want) || strings.Count(got, "\n") != 1 {
			t.Errorf("%s: %q", tt.name, got)
		}
	}
}
