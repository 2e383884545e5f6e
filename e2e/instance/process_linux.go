package instance

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	osuser "os/user"
	"runtime"
	"strconv"
	"syscall"
	"time"
)

// user is the account that a process runs as.
type user struct {
	uid, gid uint32
}

// databaseUser is the account for PostgreSQL, which refuses to run as root; nil means the present one.
func databaseUser() (*user, error) {
	if os.Geteuid() != 0 {
		return nil, nil //nolint:nilnil // nil is the present user
	}
	nobody, err := osuser.Lookup("nobody")
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL doesn't run as root and there is no user nobody to run it as: %w; run as another user", err)
	}
	uid, errUID := strconv.ParseUint(nobody.Uid, 10, 32)
	gid, errGID := strconv.ParseUint(nobody.Gid, 10, 32)
	if err := errors.Join(errUID, errGID); err != nil {
		return nil, fmt.Errorf("the user nobody has no usable number: %w; run as another user than root", err)
	}
	return &user{uid: uint32(uid), gid: uint32(gid)}, nil
}

// start starts a command in a process group of its own, which the system ends when this program dies.
func start(c command) (*process, error) {
	p := &process{name: c.name, log: &tail{}, ended: make(chan struct{})}
	// No context: a process outlives the call that starts it, and stop ends it.
	cmd := exec.Command(c.path, c.args...) //nolint:gosec,noctx // the callers' own programs
	cmd.Dir, cmd.Env = c.folder, append([]string{"LC_ALL=C"}, c.env...)
	cmd.Stdout, cmd.Stderr = p.log, p.log
	// A grandchild that holds on to the output must not hold up the end.
	cmd.WaitDelay = time.Second
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: c.onOrphan.signal()}
	if c.user != nil {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: c.user.uid, Gid: c.user.gid}
	}
	started := make(chan error)
	go func() {
		// Pdeathsig fires when the thread that started the child ends, so that thread is kept until the child is gone.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err != nil {
			return
		}
		_ = cmd.Wait() // the state says how it ended
		p.state = cmd.ProcessState
		close(p.ended)
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("%s can't be started: %w; check that the file is there and may be run", c.name, err)
	}
	p.child = cmd.Process
	return p, nil
}

func (e ending) signal() syscall.Signal {
	switch e {
	case quit:
		return syscall.SIGQUIT
	case terminate:
		return syscall.SIGTERM
	case interrupt:
		return syscall.SIGINT
	default:
		return syscall.SIGKILL
	}
}

// signal sends the process what stands for the ending; a kill goes to its whole group.
func (p *process) signal(how ending) {
	if how == kill {
		_ = syscall.Kill(-p.child.Pid, syscall.SIGKILL)
		return
	}
	_ = p.child.Signal(how.signal())
}

// lock takes the lock on a file, so that only one program installs at a time; unlock gives it back.
func lock(ctx context.Context, path string) (unlock func(), err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the list of npm packages can't be opened: %w; check it out again", err)
	}
	for {
		err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return func() { _ = file.Close() }, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			_ = file.Close()
			return nil, fmt.Errorf("%s can't be locked: %w; move the checkout to a file system with locks", path, err)
		}
		select {
		case <-ctx.Done():
			_ = file.Close()
			return nil, fmt.Errorf("another program holds the lock on %s: %w; wait for its installation to end", path, context.Cause(ctx))
		case <-time.After(100 * time.Millisecond):
		}
	}
}
