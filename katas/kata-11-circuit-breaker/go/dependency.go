package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http"
	"net/url"
	"time"
)

type kind int

const (
	live kind = iota
	// unknown there, which is the client's mistake.
	unknown
	failed
	timedOut
)

// outcome is what a call came to; there is a price only where it is live.
type outcome struct {
	kind  kind
	price int
}

func (o outcome) isFailure() bool {
	return o.kind == failed || o.kind == timedOut
}

// ask waits no longer than the time, and without one as long as it takes.
type ask func(ctx context.Context, id string, within time.Duration) outcome

// Enough for all that wait for a service that is stuck: two, as is usual, would be closed and opened
// again and again.
const idleConnections = 256

func dependencyAt(at string) ask {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = idleConnections
	client := &http.Client{Transport: transport}
	return func(ctx context.Context, id string, within time.Duration) outcome {
		if within > 0 {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, within)
			defer cancel()
		}
		price, status, err := get(ctx, client, at+url.PathEscape(id))
		switch {
		case errors.Is(err, context.DeadlineExceeded):
			return outcome{kind: timedOut}
		case err != nil:
			log.Printf("the call for %s did not come through: %v", id, err)
			return outcome{kind: failed}
		case status == http.StatusNotFound:
			return outcome{kind: unknown}
		case status != http.StatusOK:
			return outcome{kind: failed}
		}
		return outcome{kind: live, price: price}
	}
}

// get reads the whole answer within the time: its head alone says nothing.
func get(ctx context.Context, client *http.Client, at string) (price, status int, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return 0, 0, err
	}
	response, err := client.Do(request)
	if err != nil {
		return 0, 0, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		return 0, response.StatusCode, err
	}
	var quote struct {
		Price int `json:"price"`
	}
	err = json.Unmarshal(text, &quote)
	return quote.Price, response.StatusCode, err
}
