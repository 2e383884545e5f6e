package instance

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// requestTime is how long one request may take.
const requestTime = 10 * time.Second

// reply is an HTTP answer.
type reply struct {
	status int
	body   []byte
}

// decode reads the body as JSON.
func (r reply) decode(into any) error {
	if err := json.Unmarshal(r.body, into); err != nil {
		return fmt.Errorf("the server's answer is no JSON: %w; look at it: %s", err, r.body)
	}
	return nil
}

// send sends one request; a token and a body are optional. An error means that no answer came.
func send(ctx context.Context, client *http.Client, method, url, token string, body any) (reply, error) {
	ctx, cancel := context.WithTimeout(ctx, requestTime)
	defer cancel()
	var content io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			return reply{}, err
		}
		content = bytes.NewReader(encoded)
	}
	request, err := http.NewRequestWithContext(ctx, method, url, content)
	if err != nil {
		return reply{}, err
	}
	// A kept connection would be a dead one after StopServer.
	request.Close = true
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		request.Header.Set("Authorization", token)
	}
	response, err := client.Do(request)
	if err != nil {
		return reply{}, fmt.Errorf("the server gave no answer: %w; check that it runs", err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return reply{}, fmt.Errorf("the server's answer broke off: %w; check that it runs", err)
	}
	return reply{status: response.StatusCode, body: answer}, nil
}
