package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// "Some seconds", says the brief. On SIGTERM there are only five: the worker ends the context then.
var client = &http.Client{Timeout: 10 * time.Second}

// longestReason: it becomes a header, which has to fit into a frame of AMQP (128 KiB). A whole web page
// would not.
const longestReason = 500

var errUnreadable = errors.New("the body is no shipment")

// ship says in its error why it could not.
func ship(ctx context.Context, warehouse string, message []byte) error {
	var order struct {
		ID string `json:"id"`
	}
	// null is JSON, too, and leaves the order empty.
	if err := json.Unmarshal(message, &order); err != nil || order.ID == "" {
		return errUnreadable
	}
	body, err := json.Marshal(order)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, warehouse+"/shipments", bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(response.Body, longestReason))
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusCreated {
		return fmt.Errorf("the warehouse says %d: %s", response.StatusCode, strings.ToValidUTF8(string(text), ""))
	}
	return nil
}
