package model

import (
	"go/build"
	"strings"
	"testing"
)

func TestImportsTheStandardLibraryAlone(t *testing.T) {
	pkg, err := build.ImportDir(".", 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range pkg.Imports {
		first, _, _ := strings.Cut(path, "/")
		if strings.Contains(first, ".") || first == "unleash-invite" {
			t.Errorf("model imports %s", path)
		}
	}
}
