package truth

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"unleash-invite/client"
	"unleash-invite/client/weather"
	"unleash-invite/demo"
	"unleash-invite/tui"
	"unleash-invite/tui/session"
)

// noticed is how soon after the return of the line the program is to know the server's word again.
const noticed = 15 * time.Second

// kept are profiles that lead to one server, whose clients are kept as the program's are.
type kept struct {
	session.Instances
	api *client.Client
}

func (k kept) Profiles() ([]session.Profile, error) {
	return []session.Profile{{Name: "acme"}}, nil
}

func (k kept) Open(context.Context, string, bool) (session.Instance, error) {
	return session.Instance{API: k.api, Host: "flags.acme.io", Profile: "acme"}, nil
}

// onLine runs a test on the program, whose server is at the end of a line, by HTTP/1.1 and by HTTP/2 over TLS. The
// function that the test gets has somebody else delete the link, or restore it.
func onLine(t *testing.T, test func(t *testing.T, p *program, l *weather.Line, enable func(bool))) {
	t.Helper()
	for _, http2 := range []bool{false, true} {
		t.Run(fmt.Sprint("HTTP/2 ", http2), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				link := demo.Link{Name: "default", ExpiresAt: time.Now().AddDate(0, 0, 20)}
				unleash := demo.New(demo.Options{Links: []demo.Link{link}})
				server := weather.Serve(http2, unleash)
				api, err := client.New(server.URL, demo.AdminToken, client.WithDial(server.Dial), client.WithTLS(client.TLS{CAs: server.CAs}))
				if err != nil {
					t.Fatal(err)
				}
				instances := kept{api: api}
				on, _ := instances.Open(t.Context(), "acme", false)
				p := start(tui.Options{Instance: on, Instances: instances, Now: time.Now})
				t.Cleanup(func() {
					_ = server.Close()
					p.close()
				})
				test(t, p, server.Line, func(on bool) { enable(t, unleash, on) })
			})
		})
	}
}

// enable changes the only link, without the program.
func enable(t *testing.T, unleash *demo.Server, on bool) {
	t.Helper()
	direct, err := client.New(unleash.URL(), demo.AdminToken, client.WithTransport(weather.Clear{Handler: unleash}))
	if err != nil {
		t.Fatal(err)
	}
	links, err := direct.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	write := direct.Delete
	if on {
		write = direct.Restore
	}
	if err := write(t.Context(), links.Tokens[0].Secret); err != nil {
		t.Fatal(err)
	}
}

// However long an outage was, and whenever in the program's own round it ends, the program soon knows what became true
// meanwhile.
func TestActiveAgainAfterAnOutage(t *testing.T) {
	for name, keys := range map[string][]string{"status": nil, "profiles": {"p"}} {
		t.Run(name, func(t *testing.T) {
			onLine(t, func(t *testing.T, p *program, l *weather.Line, enable func(bool)) {
				says := map[bool]string{true: "● Active", false: "○ Deleted"}
				if _, ok := p.until(noticed, func() bool { return p.shows(says[true]) }); !ok {
					t.Fatal(p.screen())
				}
				p.press(keys...)
				var longest time.Duration
				on := true
				for outage := time.Second; outage < 45*time.Second; outage += 700 * time.Millisecond {
					l.Freeze(true)
					p.work(outage)
					on = !on
					enable(on)
					l.Restore()
					took, ok := p.until(time.Minute, func() bool { return p.shows(says[on]) })
					longest = max(longest, took)
					if !ok || took > noticed {
						t.Errorf("%s after an outage of %s: %s", took, outage, p.screen())
					}
				}
				t.Logf("known again after %s at most", longest)
			})
		})
	}
}
