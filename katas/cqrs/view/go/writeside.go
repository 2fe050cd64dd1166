package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"time"

	"plan-lab/kit"
)

// writeSide is no view at all: the write side is asked each time. What it says is never old.
func writeSide(address string) kit.Routes {
	client := &http.Client{Timeout: 5 * time.Second}
	ask := func(question string) kit.Handler {
		return func(request kit.Request) (int, any, error) {
			customer := url.PathEscape(request.Parameters["customer"])
			body, err := get(client, fmt.Sprintf("%s/customers/%s/%s", address, customer, question))
			if err != nil {
				log.Printf("the write side does not answer: %v", err)
				return http.StatusServiceUnavailable, map[string]string{"error": "the write side does not answer"}, nil
			}
			return http.StatusOK, body, nil
		}
	}
	return kit.Routes{
		"GET /customers/{customer}/orders":  ask("orders"),
		"GET /customers/{customer}/summary": ask("summary"),
	}
}

func get(client *http.Client, address string) (body json.RawMessage, err error) {
	answer, err := client.Get(address)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("status %d", answer.StatusCode)
	}
	return body, json.NewDecoder(answer.Body).Decode(&body)
}
