package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log"
	"net/http"
)

// charge is one attempt; it tells whether it went through. Everything else means: try again later.
type charge func(ctx context.Context, id string) bool

func chargesAt(upstream string, connections int) charge {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections}}
	return func(ctx context.Context, id string) bool {
		status, err := post(ctx, client, upstream+"/charges", map[string]string{"id": id})
		if err != nil {
			log.Printf("the charge of %s did not come through: %v", id, err)
		}
		return status == http.StatusCreated
	}
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
