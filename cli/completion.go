package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"unleash-invite/config"
)

// completionTime is how long a shell waits for the secrets of links.
const completionTime = 3 * time.Second

// complete says what shells propose: profiles, files, and the beginnings of secrets, as they are now. Nothing else is a
// file's name.
func (p *program) complete(root *cobra.Command) {
	propose(root, "profile", p.completeProfiles)
	propose(root, "token-file", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return nil, cobra.ShellCompDirectiveDefault
	})
	propose(root, "debug", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return nil, cobra.ShellCompDirectiveDefault
	})
	propose(root, "url", cobra.NoFileCompletions)
	propose(root, "demo-at", cobra.NoFileCompletions)
	root.ValidArgsFunction = cobra.NoFileCompletions
	for _, c := range root.Commands() {
		c.ValidArgsFunction = cobra.NoFileCompletions
		for _, flag := range []string{"name", "since", "joined-since", "for", "until", "if-ends-within", "every", "exec", "max-joins"} {
			propose(c, flag, cobra.NoFileCompletions)
		}
		propose(c, "then", cobra.FixedCompletions([]string{"delete", "rotate"}, cobra.ShellCompDirectiveNoFileComp))
		propose(c, "confirm", p.completeProfiles)
		propose(c, "only", p.completeSecrets)
		propose(c, "by", p.completeSecrets)
	}
}

func propose(c *cobra.Command, flag string, from cobra.CompletionFunc) {
	if c.LocalFlags().Lookup(flag) == nil && c.PersistentFlags().Lookup(flag) == nil {
		return
	}
	if err := c.RegisterFlagCompletionFunc(flag, from); err != nil {
		panic(err) // the flag is there
	}
}

func (p *program) completeProfiles(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	list, _ := p.profiles() // a shell shows no errors
	var names []string
	for _, each := range list {
		names = append(names, each.Name)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// completeSecrets proposes the short forms of secrets, with the names of their links.
func (p *program) completeSecrets(c *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	ctx, cancel := context.WithTimeout(c.Context(), completionTime)
	defer cancel()
	conf, err := config.Load(&p.flags, p.Getenv, strings.NewReader(""), p.Profiles)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	now := p.Clock(conf)
	in, err := p.Connect(conf, now).First(ctx, conf)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	links, _ := in.API.Look(ctx)
	var found []string
	at := links.ServerTime(now())
	for _, t := range links.Sorted(at) {
		if strings.HasPrefix(t.Secret, typed) {
			found = append(found, cobra.CompletionWithDesc(t.Secret[:min(len(t.Secret), max(8, len(typed)))], word(t, at)+" "+t.Name))
		}
	}
	return found, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}
