package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// work does one job: it is done when the service behind has answered.
type work func(ctx context.Context, id string) error

// dependencyAt keeps a connection for each worker: two, which is the default, would leave the others to
// connect anew for every job.
func dependencyAt(base string, workers int) work {
	client := &http.Client{
		Timeout:   10 * time.Second,
		Transport: &http.Transport{MaxIdleConnsPerHost: workers},
	}
	return func(ctx context.Context, id string) error {
		address := base + "/work/" + url.PathEscape(id)
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, nil)
		if err != nil {
			return err
		}
		response, err := client.Do(request)
		if err != nil {
			return err
		}
		defer func() { _ = response.Body.Close() }()
		// Unread, the answer would cost its connection.
		if _, err := io.Copy(io.Discard, response.Body); err != nil {
			return err
		}
		if response.StatusCode != http.StatusOK {
			return fmt.Errorf("the service behind says %d", response.StatusCode)
		}
		return nil
	}
}
