package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// peer is another terminal program, in a setting that needs no network.
type peer struct {
	name    string
	install string // module path and version, as for go install; empty for the program itself
	path    string // of the program, once it is there
	args    []string
	env     []string
	shows   string // what stands on its first whole screen
}

// peers are those to measure. The last three were never seen to build where this
// was written, so their settings are those of their manuals.
func (b *bench) peers() ([]peer, error) {
	kubeconfig, err := b.file("kubeconfig", kubeconfig)
	repository := filepath.Join(b.folder, "repository")
	return []peer{
		{
			name: "gum choose", install: "github.com/charmbracelet/gum@v0.17.0",
			args: []string{"choose", "one", "two", "three"}, shows: "three",
		},
		{
			name: "fzf", install: "github.com/junegunn/fzf@v0.65.2",
			env: []string{"FZF_DEFAULT_COMMAND=printf '%s\\n' one two three"}, shows: "3/3",
		},
		{
			name: "lazygit", install: "github.com/jesseduffield/lazygit@v0.44.1",
			args: []string{"-p", repository}, shows: "Status",
		},
		{
			name: "k9s", install: "github.com/derailed/k9s@v0.32.5",
			args: []string{"--kubeconfig", kubeconfig}, shows: "Context",
		},
		{
			name: "gh-dash", install: "github.com/dlvhdr/gh-dash/v4@v4.7.0",
			env: []string{"GH_TOKEN=none"}, shows: "PR",
		},
	}, errors.Join(err, exec.Command("git", "init", "-q", repository).Run()) //nolint:gosec,noctx // a folder of our own
}

// kubeconfig leads to a port where nobody listens.
const kubeconfig = `apiVersion: v1
kind: Config
current-context: none
clusters: [{name: none, cluster: {server: "http://127.0.0.1:9"}}]
contexts: [{name: none, context: {cluster: none, user: none}}]
users: [{name: none, user: {}}]
`

// peerRun is one start of a peer.
type peerRun struct {
	took                time.Duration
	size, asked, memory int // bytes and queries at start; KiB
}

// measurePeers starts the program and its peers in turns, on a mute terminal and on one that answers.
func (b *bench) measurePeers(ctx context.Context) error {
	wanted, err := b.peers()
	if err != nil {
		return err
	}
	measured := []peer{{name: "unleash-invite", path: b.ours, env: b.server.env(b.folder), shows: statusWord}}
	for _, p := range wanted {
		if p.path, err = installed(ctx, p.install); err == nil {
			_, err = b.startPeer(p, true)
		}
		if err != nil {
			b.missing = append(b.missing, fmt.Sprintf("%s (%s): %s", p.name, p.install, firstLine(err)))
			continue
		}
		measured = append(measured, p)
	}
	runs := make([][]peerRun, 2*len(measured)) // of each peer, mute and answering
	measurements := make([]func() (time.Duration, error), len(runs))
	for i := range measurements {
		measurements[i] = func() (time.Duration, error) {
			run, err := b.startPeer(measured[i/2], i%2 == 1)
			runs[i] = append(runs[i], run)
			return run.took, err
		}
	}
	taken, err := inTurns(b.peerStarts, measurements...)
	if err != nil {
		return err
	}
	for i, p := range measured {
		b.addPeer(p, taken[2*i], taken[2*i+1], runs[2*i])
	}
	return ctx.Err()
}

func (b *bench) addPeer(p peer, mute, answering []time.Duration, runs []peerRun) {
	var sizes, asked, memory []int
	for _, r := range runs {
		sizes, asked, memory = append(sizes, r.size), append(asked, r.asked), append(memory, r.memory)
	}
	_, version, _ := strings.Cut(p.install, "@")
	b.peerRows = append(b.peerRows, []string{
		strings.TrimSpace(p.name + " " + version), milliseconds(answering), milliseconds(mute),
		fmt.Sprint(median(asked)), fmt.Sprint(median(sizes)), fmt.Sprintf("%.1f MB", float64(median(memory))/1024),
	})
}

// startPeer starts a peer and sees its first screen. The figures are taken a little later.
func (b *bench) startPeer(p peer, answers bool) (peerRun, error) {
	s, err := begin(answers, append(plainEnv(b.folder), p.env...), p.path, p.args...)
	if err != nil {
		return peerRun{}, err
	}
	defer s.end()
	took, err := s.shown(p.shows)
	time.Sleep(10 * stillness)
	output := s.output()
	return peerRun{took, len(output), len(queries(output)), peakMemory(s.command.Process.Pid)}, err
}

// installed builds a peer, unless it is there from another time, and returns its path.
func installed(ctx context.Context, install string) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	module, version, _ := strings.Cut(install, "@")
	name := filepath.Base(module)
	if strings.HasPrefix(name, "v") { // a major version
		name = filepath.Base(filepath.Dir(module))
	}
	folder := filepath.Join(cache, "unleash-invite-bench", version)
	program := filepath.Join(folder, name)
	if _, err := os.Stat(program); err == nil {
		return program, nil
	}
	command := exec.CommandContext(ctx, "go", "install", "-trimpath", install) //nolint:gosec // those listed above
	command.Env = append(os.Environ(), "CGO_ENABLED=0", "GOBIN="+folder)
	if output, err := command.CombinedOutput(); err != nil {
		return "", errors.New(lastLine(string(output)))
	}
	return program, nil
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

// lastLine is where the go command says what is wrong.
func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.TrimPrefix(strings.TrimSpace(lines[len(lines)-1]), "server response: ")
}
