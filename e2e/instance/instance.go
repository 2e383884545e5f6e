// Package instance starts a real Unleash on a real PostgreSQL, for tests and for trying things out.
// Everything it starts ends with the program that started it, even if that program is killed.
package instance

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// startTime is how long a server may take until it is healthy.
const startTime = 60 * time.Second

// Options says which Unleash to start. The zero value is the newest version at the root of its host.
type Options struct {
	// Version is one of Versions; empty means the first of them. Its packages are installed when it is first started.
	Version string
	// BasePath is the path that Unleash serves under, such as "/eu/acme", as hosted instances have one; empty means none.
	BasePath string
	// TimeZone is the time zone of the database sessions, such as "Pacific/Auckland"; empty means UTC. Unleash runs in UTC.
	TimeZone string
}

// Instance is a running Unleash with a database of its own. Its methods are not for concurrent use.
type Instance struct {
	// URL is the base URL, with the base path, without a trailing slash.
	URL string
	// AdminToken is a personal access token of the user admin.
	AdminToken string
	// APIToken is an admin API token.
	APIToken string
	// ClientToken is an API token for SDKs.
	ClientToken string

	folder   string
	release  release
	basePath string
	port     int
	database *database
	server   *process
	viewers  int
}

// Start installs what is missing, then starts PostgreSQL and Unleash and waits until Unleash is healthy.
// Close must be called on the instance. An error says which part failed, with the last lines of its output.
func Start(ctx context.Context, options Options) (*Instance, error) {
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		return nil, fmt.Errorf("a real Unleash can be started on linux/amd64 only, and this is %s/%s: run this on such a machine",
			runtime.GOOS, runtime.GOARCH)
	}
	version, err := findVersion(options.Version)
	if err != nil {
		return nil, err
	}
	release, err := install(ctx, version)
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "unleash-e2e-")
	if err != nil {
		return nil, fmt.Errorf("no folder for the database could be made: %w; set TMPDIR to a folder that can be written", err)
	}
	i := &Instance{
		APIToken:    apiToken,
		ClientToken: clientToken,
		folder:      folder,
		release:     release,
		basePath:    cleanBasePath(options.BasePath),
	}
	if err := i.start(ctx, options.TimeZone); err != nil {
		return nil, errors.Join(err, i.Close())
	}
	return i, nil
}

// cleanBasePath gives the path a leading slash and no trailing one; the root is empty.
func cleanBasePath(path string) string {
	path = strings.Trim(path, "/")
	if path == "" {
		return ""
	}
	return "/" + path
}

func (i *Instance) start(ctx context.Context, timeZone string) error {
	var err error
	if i.database, err = startDatabase(ctx, i.release, i.folder, timeZone); err != nil {
		return err
	}
	if i.port, err = freePort(ctx); err != nil {
		return err
	}
	i.URL = fmt.Sprintf("http://127.0.0.1:%d%s", i.port, i.basePath)
	if err = i.StartServer(ctx); err != nil {
		return err
	}
	i.AdminToken, err = i.adminToken(ctx)
	return err
}

// StopServer stops Unleash, as in an outage; the database keeps running. Stopping a stopped server does nothing.
func (i *Instance) StopServer() error {
	if i.server == nil {
		return nil
	}
	err := i.server.stop(terminate, 5*time.Second)
	i.server = nil
	return err
}

// StartServer starts Unleash again, on the same port and database, and waits until it is healthy.
// Starting a running server does nothing.
func (i *Instance) StartServer(ctx context.Context) error {
	if i.server != nil {
		return nil
	}
	server, err := startServer(ctx, i)
	if err != nil {
		return err
	}
	i.server = server
	return nil
}

// StopDatabase stops PostgreSQL, as in an outage; Unleash keeps running. Stopping a stopped database does nothing.
func (i *Instance) StopDatabase() error { return i.database.stop(interrupt) }

// StartDatabase starts PostgreSQL again, on the same port and data, and waits until it is ready.
func (i *Instance) StartDatabase(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	return i.database.start(ctx)
}

// Close stops Unleash and PostgreSQL and removes their files. It may be called more than once.
func (i *Instance) Close() error {
	errs := []error{i.StopServer()}
	if i.database != nil {
		errs = append(errs, i.database.stop(quit))
		i.database = nil
	}
	if err := os.RemoveAll(i.folder); err != nil {
		errs = append(errs, fmt.Errorf("the instance's folder is left behind: %w; remove it", err))
	}
	return errors.Join(errs...)
}

// Version is the version of Unleash that runs.
func (i *Instance) Version() string { return i.release.version }
