// Command bare does the least that a Go program has to do to tell how it stands
// with an invite link, for bench to compare the program with.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
)

// answer is the part of the tokens' list that the program shows.
type answer struct {
	Tokens []struct {
		Secret, Name, URL, CreatedBy string
		ExpiresAt, CreatedAt         time.Time
		Enabled                      bool
		Users                        []struct {
			ID             int64
			Name, Username string
		}
	}
}

// One argument is the list's address, which is fetched with the token in
// UNLEASH_TOKEN, decoded, and told of. Two arguments, "decode" and a file, tell how
// many nanoseconds decoding that alone took.
func main() {
	var err error
	if len(os.Args) == 3 {
		err = decode(os.Args[2])
	} else {
		err = fetch(os.Args[1])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bare:", err)
		os.Exit(1)
	}
}

func fetch(url string) error {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, http.NoBody) //nolint:gosec // that is its job
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", os.Getenv("UNLEASH_TOKEN"))
	resp, err := http.DefaultClient.Do(req) //nolint:gosec // the same
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return tell(resp.Body)
}

func decode(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	if err != nil {
		return err
	}
	began := time.Now()
	var a answer
	if err := json.Unmarshal(content, &a); err != nil {
		return err
	}
	fmt.Println("decoded", len(a.Tokens), "tokens in", time.Since(began).Nanoseconds())
	return nil
}

// tell decodes a list and prints the links that may work.
func tell(content io.Reader) error {
	var a answer
	if err := json.NewDecoder(content).Decode(&a); err != nil {
		return err
	}
	now := time.Now()
	for _, t := range a.Tokens {
		if t.Enabled && now.Before(t.ExpiresAt.UTC().Truncate(24*time.Hour)) {
			fmt.Println("Active", t.URL)
		}
	}
	fmt.Println("of", len(a.Tokens))
	return nil
}
