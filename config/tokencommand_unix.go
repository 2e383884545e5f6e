//go:build unix

package config

import (
	"context"
	"io"
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

func shell(ctx context.Context, text string) *exec.Cmd {
	return exec.CommandContext(ctx, "/bin/sh", "-c", released+text) //nolint:gosec // what the user wrote to be run
}

// detach runs a command without a terminal, and ends its children with it.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// released has a command wait for a word on its fourth file, and end where none comes.
const released = "read -r _ <&3 || exit; exec 3<&-; "

// survivor ends the command's processes once its input ends, which the system closes however the program dies, SIGKILL
// included: a group of them, or one with all that it has started. A word on the input first means that the command has
// ended by itself.
const survivor = `all() {
	echo "$1"
	[ "$1" -lt 0 ] || ps -A -o pid= -o ppid= | while read -r pid parent; do [ "$parent" != "$1" ] || all "$pid"; done
}
read -r word
[ -n "$word" ] || kill -s "$1" -- $(all "$2")`

// runGuarded runs a command of shell, whose processes end when this program is killed.
func runGuarded(cmd *exec.Cmd, detached bool) error {
	theirs, ours, err := os.Pipe()
	if err != nil {
		return err
	}
	cmd.ExtraFiles = []*os.File{theirs}
	err = cmd.Start()
	_ = theirs.Close()
	if err == nil {
		ended := guard(cmd.Process.Pid, detached)
		_, _ = io.WriteString(ours, "go\n")
		_ = ours.Close()
		err = cmd.Wait()
		ended()
		return err
	}
	_ = ours.Close()
	return err
}

// guard starts the survivor; the returned function ends it. A detached command has a group of processes of its own. One
// that may ask at the terminal shares ours: the whole of it is ended only if it was made for this program, as shells do.
func guard(command int, detached bool) (ended func()) {
	signal, group := "KILL", -command
	if !detached {
		signal, group = "TERM", command
		if syscall.Getpgrp() == syscall.Getpid() {
			group = -syscall.Getpid()
		}
	}
	watch := exec.Command("/bin/sh", "-c", survivor, "sh", signal, strconv.Itoa(group)) //nolint:gosec,noctx // it outlives us
	watch.SysProcAttr = &syscall.SysProcAttr{Setsid: true}                              // Ctrl+C doesn't reach it
	in, err := watch.StdinPipe()
	if err != nil || watch.Start() != nil {
		return func() {} // the command runs anyway
	}
	return func() {
		_, _ = io.WriteString(in, "ended\n")
		_ = in.Close()
		_ = watch.Wait()
	}
}
