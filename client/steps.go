package client

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"unleash-invite/model"
)

// steps reports the steps of a rotation, each when it begins and when it is over, with the answers that decided it.
type steps struct {
	report func(model.StepReport)
	now    func() time.Time
	step   model.Step

	mu      sync.Mutex // guards what follows: requests go out side by side
	answers []exchange // since the step began
}

// exchange is an attempt of a request, with the status of its answer; 0 is none.
type exchange struct {
	method, path string
	status       int
	from, to     time.Time
}

type stepsKey struct{}

// watch returns a context whose requests are noted.
func (s *steps) watch(ctx context.Context) context.Context {
	return context.WithValue(ctx, stepsKey{}, s)
}

// noted begins an attempt; the returned function takes the status of its answer.
func (c *Client) noted(ctx context.Context, q request) func(status int) {
	s, _ := ctx.Value(stepsKey{}).(*steps)
	if s == nil {
		return func(int) {}
	}
	a := exchange{method: q.method, path: q.path, from: s.now()}
	return func(status int) {
		a.status, a.to = status, s.now()
		s.mu.Lock()
		defer s.mu.Unlock()
		s.answers = append(s.answers, a)
	}
}

func (s *steps) begin(step model.Step) {
	s.mu.Lock()
	s.answers = nil
	s.mu.Unlock()
	s.step = step
	s.report(model.StepReport{Step: step, State: model.StepBegun})
}

// end reports the outcome of the step, by the answers that decide it.
func (s *steps) end(state model.StepState, decides func(exchange) bool) {
	r := model.StepReport{Step: s.step, State: state}
	r.Status, r.Took = s.decided(decides)
	s.report(r)
}

// decided is the status of the answers that decide the step, a wrong one before any other, and the time from the first
// request to the last answer.
func (s *steps) decided(decides func(exchange) bool) (status int, took time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var from, to time.Time
	last := map[string]int{} // an attempt may be repeated
	for _, a := range s.answers {
		if !decides(a) {
			continue
		}
		if from.IsZero() || a.from.Before(from) {
			from = a.from
		}
		to, status, last[a.path] = a.to, a.status, a.status
	}
	for _, each := range last {
		if !s.wanted(each) {
			status = each
		}
	}
	return status, to.Sub(from)
}

// wanted reports whether a status is the one that the step is for.
func (s *steps) wanted(status int) bool {
	if s.step == model.StepRefused {
		return status == http.StatusBadRequest
	}
	return status >= 200 && status <= 299
}

// failed ends the step with an error.
func (s *steps) failed(err error, decides func(exchange) bool) {
	state := model.StepFailed
	if e, ok := errors.AsType[*Error](err); ok && e.Kind == KindUnknown {
		state = model.StepUnsure
	}
	s.end(state, decides)
}

// sent goes on to the verdict where a creation was answered. Otherwise the look at the links shows whether it happened.
func (s *steps) sent(err error) {
	if err == nil {
		s.end(model.StepDone, wrote)
		s.begin(model.StepAccepted)
	}
}

// made ends what a creation has left open.
func (s *steps) made(token model.Token, err error) {
	switch {
	case s.step == model.StepCreate && token.Secret == "":
		s.failed(err, wrote)
		return
	case s.step == model.StepCreate: // its answer was lost, but the link is there
		s.end(model.StepDone, wrote)
		s.step = model.StepAccepted
	}
	state := map[model.Verdict]model.StepState{model.Accepted: model.StepDone, model.Rejected: model.StepFailed}
	come, known := state[token.Verdict]
	if !known {
		come = model.StepUnsure
	}
	s.end(come, verdictOn(token))
}

func wrote(a exchange) bool { return a.method != http.MethodGet }

func judged(a exchange) bool {
	return a.method == http.MethodGet && strings.HasSuffix(a.path, validateSuffix)
}

// verdictOn decides by what was said of one link.
func verdictOn(t model.Token) func(exchange) bool {
	path := validation(t.Secret).path
	return func(a exchange) bool { return a.method == http.MethodGet && a.path == path }
}
