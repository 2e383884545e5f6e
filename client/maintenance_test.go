package client

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"unleash-invite/model"
)

// A server that keeps its setting for a while shows the change late: it is looked for, as the effect of any write.
func TestMaintenanceShowsLate(t *testing.T) {
	for late, want := range map[time.Duration]Kind{0: 0, 3 * time.Second: 0, time.Minute: KindUnconfirmed} {
		synctest.Test(t, func(t *testing.T) {
			written := time.Time{}
			c, err := New("https://flags.acme.io", testToken, WithTransport(roundTrip(func(r *http.Request) (*http.Response, error) {
				text := ""
				switch {
				case r.Method == http.MethodPost:
					written = time.Now()
				case strings.HasSuffix(r.URL.Path, "/ui-config"):
					on := time.Since(written) >= late
					text = fmt.Sprintf(`{"version":"8.2.0","maintenanceMode":%v}`, on)
				}
				return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(text)), Request: r}, nil
			})))
			if err != nil {
				t.Fatal(err)
			}
			server, err := c.SetMaintenance(t.Context(), true)
			switch {
			case want == 0 && (err != nil || server != model.Server{Version: "8.2.0", Maintenance: true}):
				t.Errorf("%v late: %+v, %v", late, server, err)
			case want != 0 && asError(t, err).Kind != want:
				t.Errorf("%v late: %v", late, err)
			}
		})
	}
}
