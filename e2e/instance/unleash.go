package instance

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// The API tokens that every instance is started with; they are meant to be known.
const (
	apiToken    = "*:*.unleash-insecure-admin-api-token"            //nolint:gosec // see above
	clientToken = "*:development.unleash-insecure-client-api-token" //nolint:gosec // see above
)

// startServer starts Unleash for the instance and waits until it is healthy.
func startServer(ctx context.Context, i *Instance) (*process, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, startTime, fmt.Errorf("it took over %s", startTime))
	defer cancel()
	server, err := start(command{
		name: "Unleash " + i.release.version, path: i.release.node(), args: []string{i.release.server()},
		folder: i.folder, env: serverEnvironment(i),
	})
	if err != nil {
		return nil, err
	}
	if err := waitUntilHealthy(ctx, server, i.URL); err != nil {
		return nil, errors.Join(err, server.stop(kill, time.Second))
	}
	return server, nil
}

func serverEnvironment(i *Instance) []string {
	environment := []string{
		"DATABASE_URL=" + i.database.url,
		"DATABASE_SSL=false",
		"HTTP_HOST=127.0.0.1",
		"PORT=" + strconv.Itoa(i.port),
		"UNLEASH_URL=" + i.URL,
		"BASE_URI_PATH=" + i.basePath,
		"INIT_ADMIN_API_TOKENS=" + apiToken,
		"INIT_CLIENT_API_TOKENS=" + clientToken,
		"LOG_LEVEL=error",
		"NODE_ENV=production",
		"CHECK_VERSION=false",
		"SEND_TELEMETRY=false",
		"TZ=UTC", // "today" is the server's, and the machine may be elsewhere
	}
	// Tests make people and log in more often than the default limits allow.
	for _, limit := range []string{
		"CREATE_USER_RATE_LIMIT_PER_MINUTE", "SIMPLE_LOGIN_LIMIT_PER_MINUTE", "AUTHENTICATION_RATE_LIMIT_PER_MINUTE",
	} {
		environment = append(environment, limit+"=10000")
	}
	return environment
}

// waitUntilHealthy returns nil once the server answers that it is; the error says why it never did.
func waitUntilHealthy(ctx context.Context, server *process, url string) error {
	for {
		reply, err := send(ctx, http.DefaultClient, http.MethodGet, url+"/health", "", nil)
		if err == nil && reply.status == http.StatusOK {
			return nil
		}
		select {
		case <-server.ended:
			return server.failure()
		case <-ctx.Done():
			return fmt.Errorf("%s isn't healthy: %w; its last output was:\n%s", server.name, context.Cause(ctx), server.log)
		case <-time.After(50 * time.Millisecond):
		}
	}
}
