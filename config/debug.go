package config

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// debugFile is the flag for the file that is written for a bug report. A value opens it.
type debugFile struct{ to io.Writer }

// Set implements pflag.Value. What the file has stays; others can't read it.
func (d *debugFile) Set(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("needs a file that can be written (%w)", bare(err))
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("it is not a file")
	}
	if err == nil {
		err = file.Chmod(0o600)
	}
	if err != nil {
		_ = file.Close()
		return fmt.Errorf("needs a file of its own (%w)", bare(err))
	}
	d.to = file
	return nil
}

// String implements pflag.Value.
func (d *debugFile) String() string { return "" }

// Type implements pflag.Value.
func (d *debugFile) Type() string { return "file" }
