package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"unleash-invite/config"
	"unleash-invite/tui/mask"
)

// known is a profile in JSON.
type known struct {
	Schema     int    `json:"schema"`
	Command    string `json:"command"`
	Name       string `json:"name"`
	URL        string `json:"url"`
	TokenFrom  string `json:"tokenFrom"`
	Default    bool   `json:"default"`
	ReadOnly   bool   `json:"readOnly"`
	Production bool   `json:"production"`
}

func (p *program) profilesCommand() *cobra.Command {
	return p.command(&cobra.Command{
		Use: "profiles", Short: "Print the names of the remembered instances, one per line",
		Long: "Print the names of the remembered instances, one per line; --json prints more about them, but never a token.",
	}, func(context.Context) error {
		list, err := p.profiles()
		if err != nil {
			return wrong(err)
		}
		for _, each := range list {
			if !p.json {
				_, _ = fmt.Fprintln(p.out, each.Name) // the output remembers what went wrong
				continue
			}
			if err := p.printJSON(&mask.Mask{}, known{
				schema, "profiles", each.Name, each.URL, each.Source.String(), each.Default, each.ReadOnly, each.Production,
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

// profiles are the remembered instances, or those of the demo.
func (p *program) profiles() ([]config.Profile, error) {
	c, err := p.flags.Anywhere(p.Getenv)
	if err != nil {
		return nil, err
	}
	return p.Connect(c, p.Clock(c)).Profiles()
}
