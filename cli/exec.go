package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// execTime is how long the command of an event may run.
const execTime = time.Minute

// runFor runs a command for an event, which it gets as JSON on its standard input and in its environment. The program's
// environment holds no token any more by now. What the command prints goes to standard error.
func runFor(ctx context.Context, line string, e event, output io.Writer) error {
	ctx, cancel := context.WithTimeout(ctx, execTime)
	defer cancel()
	shell := []string{"sh", "-c"}
	if runtime.GOOS == "windows" {
		shell = []string{"cmd", "/c"}
	}
	command := exec.CommandContext(ctx, shell[0], shell[1], line) //nolint:gosec // the user's own command
	command.WaitDelay = time.Second
	text, err := json.Marshal(e)
	if err != nil {
		return err
	}
	command.Stdin = strings.NewReader(string(text) + "\n")
	command.Stdout, command.Stderr = output, output
	command.Env = append(os.Environ(), e.environment()...)
	switch err := command.Run(); {
	case ctx.Err() != nil:
		return fmt.Errorf("the --exec command was stopped on the event %s: it may run for a minute at most", e.Event)
	case errors.As(err, new(*exec.ExitError)):
		return fmt.Errorf("the --exec command failed on the event %s (%w)", e.Event, err)
	default:
		return err
	}
}

func (e event) environment() []string {
	env := []string{
		"UNLEASH_INVITE_EVENT=" + e.Event, "UNLEASH_INVITE_AT=" + e.At, "UNLEASH_INVITE_PROFILE=" + e.Profile,
		"UNLEASH_INVITE_INSTANCE=" + e.Instance, "UNLEASH_INVITE_DETAIL=" + e.Detail,
	}
	if e.Link != nil {
		env = append(env, "UNLEASH_INVITE_LINK="+e.Link.Name, "UNLEASH_INVITE_URL="+e.Link.URL)
	}
	if e.Person != nil {
		env = append(env, "UNLEASH_INVITE_PERSON="+e.Person.Name, "UNLEASH_INVITE_EMAIL="+e.Person.Email,
			fmt.Sprintf("UNLEASH_INVITE_PERSON_ID=%d", e.Person.ID))
	}
	return env
}
