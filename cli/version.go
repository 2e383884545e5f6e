package cli

import (
	"context"
	"fmt"
	"io"
	"runtime"

	"github.com/spf13/cobra"

	"unleash-invite/build"
	"unleash-invite/tui/mask"
)

// built is the program's version in JSON.
type built struct {
	Schema   int    `json:"schema"`
	Command  string `json:"command"`
	Version  string `json:"version"`
	Commit   string `json:"commit,omitempty"`
	Date     string `json:"date,omitempty"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

func (p *program) versionCommand() *cobra.Command {
	return p.command(&cobra.Command{Use: "version", Short: "Print the version"}, func(context.Context) error { return p.version() })
}

func (p *program) version() error {
	b := build.This()
	switch {
	case p.json:
		return p.printJSON(&mask.Mask{}, built{
			schema, "version", b.Version, b.Commit, b.Date, runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH,
		})
	case p.quiet:
		_, err := fmt.Fprintln(p.out, b.Version)
		return err
	}
	_, err := io.WriteString(p.out, b.String())
	return err
}
