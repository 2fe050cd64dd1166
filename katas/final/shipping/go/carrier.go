package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand"
	"net/http"
	"net/url"
	"time"

	"github.com/sony/gobreaker/v2"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"plan-lab/kit/telemetry"
	"plan-lab/kit/telemetry/bus"
)

const (
	firstPause   = 50 * time.Millisecond
	longestPause = time.Second
)

// carrier books and cancels parcels. What it has done is unknown where it fails or says nothing in
// time; asked again with the same key, it says what it did and does nothing twice.
type carrier struct {
	at       string
	within   time.Duration
	client   *http.Client
	breaker  *gobreaker.CircuitBreaker[answer]
	stopping <-chan struct{}
}

type answer struct {
	status int
	// tracking is there where the carrier takes the parcel.
	tracking string
}

type options struct {
	at       string
	within   time.Duration
	failures uint32
	openFor  time.Duration
}

func newCarrier(stopping <-chan struct{}, options options) *carrier {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = bus.Prefetch
	return &carrier{
		at: options.at, within: options.within, stopping: stopping,
		client: &http.Client{Transport: transport},
		breaker: gobreaker.NewCircuitBreaker[answer](gobreaker.Settings{
			Name: "carrier",
			// One call alone tries whether the carrier is back.
			MaxRequests: 1,
			Timeout:     options.openFor,
			ReadyToTrip: func(counts gobreaker.Counts) bool {
				return counts.ConsecutiveFailures >= options.failures
			},
			OnStateChange: func(_ string, before, now gobreaker.State) {
				slog.Warn("the breaker changes", "before", before.String(), "now", now.String())
			},
		}),
	}
}

// book tells the tracking number, or that the carrier refuses; it waits until the carrier has answered.
func (c *carrier) book(ctx context.Context, order order) (tracking string, refused bool, err error) {
	said, err := c.answerTo(ctx, call{
		method: http.MethodPost, path: "/parcels", route: "/parcels", key: order.Order,
		body: map[string]any{"order": order.Order, "address": order.Address, "quantity": order.Quantity},
	})
	return said.tracking, said.status == http.StatusConflict, err
}

// cancel calls off what was booked. Of what was not booked yet, nothing will be any more.
func (c *carrier) cancel(ctx context.Context, order order) error {
	_, err := c.answerTo(ctx, call{
		method: http.MethodDelete, path: "/parcels/" + url.PathEscape(order.Order), route: "/parcels/{order}",
		key: order.Order,
	})
	return err
}

type call struct {
	method, path string
	// route names it in spans, of which there is no end otherwise.
	route string
	key   string
	// body is nil where there is none.
	body any
}

// answerTo asks until there is an answer. Commands wait here, and not by going round through the queue;
// while the breaker is open they wait without a call.
func (c *carrier) answerTo(ctx context.Context, call call) (answer, error) {
	for pause := firstPause; ; pause = min(2*pause, longestPause) {
		said, err := c.breaker.Execute(func() (answer, error) { return c.ask(ctx, call) })
		if err == nil {
			return said, nil
		}
		if errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests) {
			pause = firstPause
		} else {
			slog.WarnContext(ctx, "the carrier is asked again", "error", err.Error())
		}
		select {
		case <-time.After(pause/2 + time.Duration(rand.Int63n(int64(pause)))):
		case <-c.stopping:
			return answer{}, bus.ErrStopping
		case <-ctx.Done():
			return answer{}, ctx.Err()
		}
	}
}

// ask is one call; an error means that it is not known what came of it.
func (c *carrier) ask(ctx context.Context, call call) (said answer, err error) {
	ctx, span := otel.Tracer("carrier").Start(ctx, call.method+" "+call.route,
		trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(
			attribute.String("http.request.method", call.method),
			attribute.String("url.full", c.at+call.path),
		))
	err = telemetry.Within(span, func() (err error) {
		limited, cancel := context.WithTimeout(ctx, c.within)
		defer cancel()
		said, err = c.do(limited, call)
		span.SetAttributes(attribute.Int("http.response.status_code", said.status))
		return err
	})
	return said, err
}

func (c *carrier) do(ctx context.Context, call call) (answer, error) {
	var text []byte
	if call.body != nil {
		var err error
		if text, err = json.Marshal(call.body); err != nil {
			return answer{}, err
		}
	}
	request, err := http.NewRequestWithContext(ctx, call.method, c.at+call.path, bytes.NewReader(text))
	if err != nil {
		return answer{}, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", call.key)
	for name, value := range telemetry.Carried(ctx) {
		request.Header.Set(name, value)
	}
	return c.send(request)
}

func (c *carrier) send(request *http.Request) (answer, error) {
	response, err := c.client.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	said := answer{status: response.StatusCode}
	// Its head alone says nothing: the answer is whole or unknown.
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return said, err
	}
	switch response.StatusCode {
	case http.StatusOK, http.StatusConflict:
		return said, nil
	case http.StatusCreated:
		var taken struct {
			Tracking string `json:"tracking"`
		}
		err := json.Unmarshal(text, &taken)
		said.tracking = taken.Tracking
		return said, err
	}
	return said, fmt.Errorf("the carrier answered %d", response.StatusCode)
}
