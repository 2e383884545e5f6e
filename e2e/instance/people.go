package instance

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"time"
)

const (
	// adminPassword is the password of the user admin on a fresh Unleash.
	adminPassword = "unleash4all"
	// newPassword is strong enough for Unleash's rules.
	newPassword = "Correct-Horse-7-Battery"
	// viewerRole is the root role Viewer; Unleash 4 doesn't know it by name.
	viewerRole = 3
)

// ViewerToken makes a user with the root role Viewer and returns a personal access token of theirs.
func (i *Instance) ViewerToken(ctx context.Context) (string, error) {
	i.viewers++
	name := fmt.Sprintf("viewer%d", i.viewers)
	made, err := i.expect(ctx, http.DefaultClient, http.StatusCreated, "/api/admin/user-admin", i.AdminToken, map[string]any{
		"name": name, "username": name, "email": name + "@example.com", "rootRole": viewerRole, "sendEmail": false,
	})
	if err != nil {
		return "", err
	}
	var user struct{ ID int }
	if err := made.decode(&user); err != nil {
		return "", err
	}
	// In a step of its own, since Unleash 4 ignores a password with which a user is made.
	path := fmt.Sprintf("/api/admin/user-admin/%d/change-password", user.ID)
	_, err = i.expect(ctx, http.DefaultClient, http.StatusOK, path, i.AdminToken, map[string]any{"password": newPassword})
	if err != nil {
		return "", err
	}
	return i.personalToken(ctx, name, newPassword)
}

// adminToken is a personal access token of the user admin.
func (i *Instance) adminToken(ctx context.Context) (token string, err error) {
	// Unleash 4 is healthy a moment before its admin has a password, and takes no more than five log-ins a minute.
	for range 3 {
		if token, err = i.personalToken(ctx, "admin", adminPassword); err == nil {
			return token, i.waitUntilAdmin(ctx, token)
		}
		time.Sleep(500 * time.Millisecond)
	}
	return "", err
}

// waitUntilAdmin waits for the user's root role, which a busy Unleash gives its first user after the password.
func (i *Instance) waitUntilAdmin(ctx context.Context, token string) error {
	ctx, cancel := context.WithTimeoutCause(ctx, requestTime, errors.New("the user admin got no role in time"))
	defer cancel()
	for {
		got, err := send(ctx, http.DefaultClient, http.MethodGet, i.URL+"/api/admin/user", token, nil)
		if err == nil && bytes.Contains(got.body, []byte(`"permission":"ADMIN"`)) {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%w; GET /api/admin/user answered %d: %s", context.Cause(ctx), got.status, got.body)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// personalToken logs a user in and makes a personal access token, good for a day.
func (i *Instance) personalToken(ctx context.Context, username, password string) (string, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return "", err
	}
	session := &http.Client{Jar: jar, Timeout: requestTime}
	_, err = i.expect(ctx, session, http.StatusOK, "/auth/simple/login", "", map[string]any{"username": username, "password": password})
	if err != nil {
		return "", err
	}
	made, err := i.expect(ctx, session, http.StatusCreated, "/api/admin/user/tokens", "", map[string]any{
		"description": "end-to-end tests", "expiresAt": time.Now().Add(24 * time.Hour).UTC().Format(time.RFC3339),
	})
	if err != nil {
		return "", err
	}
	var token struct{ Secret string }
	if err := made.decode(&token); err != nil {
		return "", err
	}
	return token.Secret, nil
}

// SignUp signs someone up with the invite link of the secret, as its page does, and returns the HTTP status:
// 201 when the user is in, 400 when the link is refused. The error is about a request without an answer.
func (i *Instance) SignUp(ctx context.Context, secret, name, email string) (status int, err error) {
	reply, err := send(ctx, http.DefaultClient, http.MethodPost, i.URL+"/invite/"+secret+"/signup", "", map[string]any{
		"name": name, "email": email, "password": newPassword,
	})
	return reply.status, err
}

// expect posts to a path of the instance and takes any other status than the wanted one for an error.
func (i *Instance) expect(ctx context.Context, client *http.Client, want int, path, token string, body any) (reply, error) {
	got, err := send(ctx, client, http.MethodPost, i.URL+path, token, body)
	if err != nil {
		return got, err
	}
	if got.status != want {
		return got, fmt.Errorf("POST %s answered %d instead of %d; see what the server says: %s", path, got.status, want, got.body)
	}
	return got, nil
}
