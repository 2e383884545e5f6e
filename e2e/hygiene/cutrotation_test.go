//go:build unix

package hygiene

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"syscall"
	"testing"
	"time"

	"unleash-invite/demo"
	"unleash-invite/e2e/terminal"
)

// A signal in the middle of a rotation, with the old link deleted, takes the program off the terminal at once; the rotation
// comes to its end anyway, so that one link works, and what was said last tells so.
func TestASignalCutsARotation(t *testing.T) {
	for _, sent := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(sent.String(), func(t *testing.T) {
			t.Parallel()
			server := demo.New(demo.Options{Links: demo.Sample(time.Now())})
			t.Cleanup(server.Close)
			reached, goOn := make(chan bool), make(chan bool)
			var deleted sync.Once
			var mu sync.Mutex
			made := 0
			web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				switch r.Method {
				case http.MethodPut:
					deleted.Do(func() { close(reached); <-goOn })
				case http.MethodPost:
					mu.Lock()
					made++
					mu.Unlock()
				}
				server.ServeHTTP(w, r)
			}))
			t.Cleanup(web.Close)
			screen := terminal.Start(t, terminal.Options{
				Width: 200, Env: []string{"UNLEASH_URL=" + web.URL, "UNLEASH_TOKEN=" + demo.AdminToken},
			}, program(t))
			screen.WaitFor("● Active")
			screen.Type("r")
			screen.WaitFor("y rotate and copy")
			time.Sleep(300 * time.Millisecond) // a question counts once it can have been read
			screen.Type("y")
			<-reached
			screen.Signal(sent)
			time.AfterFunc(200*time.Millisecond, func() { close(goOn) })
			if code := screen.Wait(); code != 128+int(sent) {
				t.Errorf("exit code %d", code)
			}
			screen.WaitFor("Rotated: it works until")
			screen.WaitFor("It was not copied: start again, then c copies it.")
			mu.Lock()
			defer mu.Unlock()
			if made != 1 {
				t.Errorf("%d links were made", made)
			}
		})
	}
}
