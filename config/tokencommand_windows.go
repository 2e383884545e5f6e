package config

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

func shell(ctx context.Context, text string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "cmd.exe")
	cmd.SysProcAttr = &syscall.SysProcAttr{CmdLine: `cmd.exe /S /C "` + text + `"`} // cmd has rules of its own for quotes
	return cmd
}

// detach keeps a command from opening a window to ask in.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr.HideWindow = true }

// runGuarded runs a command, whose processes end when this program is killed.
func runGuarded(cmd *exec.Cmd, _ bool) error {
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := guard(cmd.Process)
	err := cmd.Wait()
	ended()
	return err
}

// guard puts the process into a job, whose processes the system ends when this program's handle of it is closed. The
// returned function lets go of what the command left running.
func guard(process *os.Process) (ended func()) {
	none := func() {} // the command runs anyway
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return none
	}
	limits := windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION{}
	set := func(flags uint32) error {
		limits.BasicLimitInformation.LimitFlags = flags
		_, err := windows.SetInformationJobObject(job, windows.JobObjectExtendedLimitInformation,
			uintptr(unsafe.Pointer(&limits)), uint32(unsafe.Sizeof(limits)))
		return err
	}
	unassigned := errors.New("the process has ended")
	assign := func(handle uintptr) { unassigned = windows.AssignProcessToJobObject(job, windows.Handle(handle)) }
	err = set(windows.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE)
	if err != nil || process.WithHandle(assign) != nil || unassigned != nil {
		_ = windows.CloseHandle(job)
		return none
	}
	return func() {
		_ = set(0)
		_ = windows.CloseHandle(job)
	}
}
