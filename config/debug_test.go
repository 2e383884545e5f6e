package config

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestADebugFileIsForItsOwnerAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "debug.txt")
	if err := os.WriteFile(path, []byte("before\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var d debugFile
	if err := d.Set(path); err != nil {
		t.Fatal(err)
	}
	if _, err := d.to.Write([]byte("now\n")); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "before\nnow\n" {
		t.Errorf("%q, %v", text, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 && runtime.GOOS != "windows" {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if d.Set(t.TempDir()) == nil {
		t.Error("a folder is no file")
	}
}
