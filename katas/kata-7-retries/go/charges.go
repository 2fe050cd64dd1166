package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"time"
)

// outcome is what one attempt came to.
type outcome int

const (
	// failed: another attempt may go through.
	failed outcome = iota
	charged
	// refused for good: another attempt would be refused as well.
	refused
)

// charge is one attempt.
type charge func(ctx context.Context, id string) outcome

// answerWithin is well within the five seconds that a worker has from SIGTERM to its end.
const answerWithin = 3 * time.Second

func chargesAt(upstream string, connections int) charge {
	client := &http.Client{
		Transport: &http.Transport{MaxIdleConnsPerHost: connections},
		Timeout:   answerWithin,
	}
	return func(ctx context.Context, id string) outcome {
		status, err := post(ctx, client, upstream+"/charges", map[string]string{"id": id})
		if err != nil {
			// Also after a time-out nobody knows whether it was charged. It is the id that makes another
			// attempt safe: the service must know it again.
			log.Printf("the charge of %s did not come through: %v", id, err)
			return failed
		}
		return outcomeOf(status)
	}
}

func outcomeOf(status int) outcome {
	switch status {
	case http.StatusCreated:
		return charged
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		// These among the errors of a client ask for patience.
		return failed
	}
	if status >= 400 && status < 500 {
		return refused
	}
	return failed
}

func post(ctx context.Context, client *http.Client, url string, body any) (int, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return 0, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(text))
	if err != nil {
		return 0, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := client.Do(request)
	if err != nil {
		return 0, err
	}
	defer func() { _ = response.Body.Close() }()
	// Unread, the answer would keep the connection from being used again.
	_, err = io.Copy(io.Discard, response.Body)
	return response.StatusCode, err
}
