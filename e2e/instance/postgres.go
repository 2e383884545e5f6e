package instance

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// database is a running PostgreSQL with a cluster of its own.
type database struct {
	url    string // as clients connect to it
	serve  command
	server *process // nil while it is stopped
}

// cluster is a PostgreSQL that is about to be served: where its programs and files are, and who runs it.
type cluster struct {
	native, folder string
	account        *user
	password       string
}

// startDatabase makes a cluster in the folder and serves it on a free port of 127.0.0.1.
func startDatabase(ctx context.Context, r release, folder, timeZone string) (*database, error) {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	account, err := databaseUser()
	if err != nil {
		return nil, err
	}
	c := cluster{folder: folder, account: account, password: rand.Text()}
	if err := os.WriteFile(c.passwordFile(), []byte(c.password), 0o600); err != nil {
		return nil, fmt.Errorf("the database's password can't be written: %w; make room in the temporary folder", err)
	}
	if err := handOver(folder, account); err != nil {
		return nil, err
	}
	if err := c.makeRunnable(ctx, filepath.Join(r.postgreSQL(), "native")); err != nil {
		return nil, err
	}
	if err := c.initialise(ctx); err != nil {
		return nil, err
	}
	return c.serve(ctx, timeZone)
}

func (c cluster) data() string         { return filepath.Join(c.folder, "data") }
func (c cluster) passwordFile() string { return filepath.Join(c.folder, "password") }

// command runs one of PostgreSQL's programs.
func (c cluster) command(program string, args ...string) command {
	return command{
		name: "PostgreSQL's " + program, path: filepath.Join(c.native, "bin", program), args: args,
		folder: c.folder, user: c.account, onOrphan: quit,
	}
}

// initialise makes the cluster's files. Its superuser is postgres.
func (c cluster) initialise(ctx context.Context) error {
	return run(ctx, c.command("initdb",
		"-D", c.data(), "--username=postgres", "--pwfile="+c.passwordFile(), "--auth=scram-sha-256",
		"--encoding=UTF8", "--no-locale", "--no-sync",
	))
}

func (c cluster) serve(ctx context.Context, timeZone string) (*database, error) {
	port, err := freePort(ctx)
	if err != nil {
		return nil, err
	}
	if timeZone == "" {
		timeZone = "UTC"
	}
	d := &database{url: fmt.Sprintf("postgres://postgres:%s@127.0.0.1:%d/postgres", c.password, port), serve: c.command("postgres",
		"-D", c.data(), "-p", strconv.Itoa(port),
		"-c", "listen_addresses=127.0.0.1",
		"-c", "unix_socket_directories=",
		"-c", "timezone="+timeZone,
		// The data is thrown away in the end, so nothing has to survive a crash.
		"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
	)}
	return d, d.start(ctx)
}

// start serves the cluster, again after a stop.
func (d *database) start(ctx context.Context) error {
	server, err := start(d.serve)
	if err != nil {
		return err
	}
	d.server = server
	if err := d.waitUntilReady(ctx); err != nil {
		return errors.Join(err, d.stop(quit))
	}
	return nil
}

// handOver gives a folder and all in it to the account.
func handOver(folder string, account *user) error {
	if account == nil {
		return nil
	}
	root, err := os.OpenRoot(folder)
	if err == nil {
		err = fs.WalkDir(root.FS(), ".", func(path string, _ fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			return root.Lchown(path, int(account.uid), int(account.gid))
		})
		err = errors.Join(err, root.Close())
	}
	if err != nil {
		return fmt.Errorf("the database's folder can't be given to PostgreSQL's user: %w; run as another user than root", err)
	}
	return nil
}

// makeRunnable finds a folder of PostgreSQL's programs that the account can run: the installed one or a copy.
func (c *cluster) makeRunnable(ctx context.Context, installed string) error {
	c.native = installed
	err := run(ctx, c.command("postgres", "--version"))
	if err == nil || c.account == nil {
		return err
	}
	// A checkout below a private folder, such as root's home, is closed to the account.
	c.native = filepath.Join(c.folder, "native")
	if err := os.CopyFS(c.native, os.DirFS(installed)); err != nil {
		return fmt.Errorf("PostgreSQL can't be copied to where its user can run it: %w; make room in the temporary folder", err)
	}
	if err := handOver(c.native, c.account); err != nil {
		return err
	}
	if err := run(ctx, c.command("postgres", "--version")); err != nil {
		return fmt.Errorf("%w; if the temporary folder is private, set TMPDIR to one that every user can enter", err)
	}
	return nil
}

func (d *database) waitUntilReady(ctx context.Context) error {
	for !d.server.log.contains("ready to accept connections") {
		select {
		case <-d.server.ended:
			return d.server.failure()
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL isn't ready: %w; its last output was:\n%s", context.Cause(ctx), d.server.log)
		case <-time.After(20 * time.Millisecond):
		}
	}
	return nil
}

// stop ends it; with quit what was committed last is lost.
func (d *database) stop(how ending) error {
	if d.server == nil {
		return nil
	}
	err := d.server.stop(how, 5*time.Second)
	d.server = nil
	return err
}

// freePort returns a port of 127.0.0.1 that nobody listens on at the moment.
func freePort(ctx context.Context) (int, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("no free port was found: %w; end programs that hold many connections", err)
	}
	address, err := netip.ParseAddrPort(listener.Addr().String())
	return int(address.Port()), errors.Join(err, listener.Close())
}
