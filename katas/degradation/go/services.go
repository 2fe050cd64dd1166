package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http"
	"net/url"
	"strconv"
)

type route string

const (
	checkout        route = "checkout"
	recommendations route = "recommendations"
)

type kind int

const (
	answered kind = iota
	failed
	outOfTime
)

// outcome is what a call came to; there is a value only where it was answered.
type outcome struct {
	kind  kind
	value int
}

// call waits no longer than the deadline, and hands it on; without one, as long as it takes.
type call func(id string, until deadline) outcome

// Enough for all that wait for a service that hangs: two, as is usual, would be closed and opened again and
// again.
const idleConnections = 256

func serviceAt(base string, to route) call {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = idleConnections
	client := &http.Client{Transport: transport}
	return func(id string, until deadline) outcome {
		// Not the request's own context: to the service it is all the same whether the client hangs up.
		ctx := context.Background()
		headers := http.Header{}
		if until.isBounded() {
			left := until.leftMs()
			if left == 0 {
				return outcome{kind: outOfTime}
			}
			headers.Set(timeHeader, strconv.FormatInt(left, 10))
			var cancel context.CancelFunc
			ctx, cancel = context.WithDeadline(ctx, until.at)
			defer cancel()
		}
		value, status, err := get(ctx, client, base+"/"+string(to)+"/"+url.PathEscape(id), headers)
		switch {
		case errors.Is(err, context.DeadlineExceeded) || status == http.StatusGatewayTimeout:
			return outcome{kind: outOfTime}
		case err != nil:
			log.Printf("the call for %s did not come through: %v", id, err)
			return outcome{kind: failed}
		case status != http.StatusOK:
			return outcome{kind: failed}
		}
		return outcome{kind: answered, value: value}
	}
}

// get reads the whole answer within the time: unread, it would cost its connection.
func get(ctx context.Context, client *http.Client, at string, headers http.Header) (value, status int, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return 0, 0, err
	}
	request.Header = headers
	response, err := client.Do(request)
	if err != nil {
		return 0, 0, err
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		return 0, response.StatusCode, err
	}
	var said struct {
		Value int `json:"value"`
	}
	err = json.Unmarshal(text, &said)
	return said.Value, response.StatusCode, err
}
