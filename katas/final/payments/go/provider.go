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
	"time"

	"github.com/sony/gobreaker/v2"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"plan-lab/kit/telemetry"
)

const (
	firstPause   = 50 * time.Millisecond
	longestPause = time.Second
)

// provider takes and gives back the money. What it has done is unknown where it fails or says nothing in
// time; asked again with the same key, it says what it did and does nothing twice.
type provider struct {
	at       string
	within   time.Duration
	client   *http.Client
	breaker  *gobreaker.CircuitBreaker[answer]
	stopping <-chan struct{}
}

type answer struct {
	status int
	// charge is there where the provider took the money.
	charge string
}

type options struct {
	at       string
	within   time.Duration
	failures uint32
	openFor  time.Duration
}

func newProvider(stopping <-chan struct{}, options options) *provider {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = prefetch
	return &provider{
		at: options.at, within: options.within, stopping: stopping,
		client: &http.Client{Transport: transport},
		breaker: gobreaker.NewCircuitBreaker[answer](gobreaker.Settings{
			Name: "provider",
			// One call alone tries whether the provider is back.
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

// charge tells what the provider took, or that it declines; it waits until the provider has answered.
func (p *provider) charge(ctx context.Context, of order) (charge string, declined bool, err error) {
	body := map[string]any{"order": of.Order, "customer": of.Customer, "amount": of.Amount}
	said, err := p.answerTo(ctx, "/charges", of.Order, body)
	return said.charge, said.status == http.StatusPaymentRequired, err
}

// refund gives back what was charged. Of what was not charged yet, nothing will be any more.
func (p *provider) refund(ctx context.Context, of order, amount int) error {
	_, err := p.answerTo(ctx, "/refunds", of.Order, map[string]any{"order": of.Order, "amount": amount})
	return err
}

// answerTo asks until there is an answer. Commands wait here, and not by going round through the queue;
// while the breaker is open they wait without a call.
func (p *provider) answerTo(ctx context.Context, path, key string, body any) (answer, error) {
	for pause := firstPause; ; pause = min(2*pause, longestPause) {
		said, err := p.breaker.Execute(func() (answer, error) { return p.ask(ctx, path, key, body) })
		if err == nil {
			return said, nil
		}
		if errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests) {
			pause = firstPause
		} else {
			slog.WarnContext(ctx, "the provider is asked again", "error", err.Error())
		}
		select {
		case <-time.After(pause/2 + time.Duration(rand.Int63n(int64(pause)))):
		case <-p.stopping:
			return answer{}, errStopping
		case <-ctx.Done():
			return answer{}, ctx.Err()
		}
	}
}

// ask is one call; an error means that it is not known what came of it.
func (p *provider) ask(ctx context.Context, path, key string, body any) (said answer, err error) {
	ctx, span := otel.Tracer("provider").Start(ctx, http.MethodPost+" "+path,
		trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(
			attribute.String("http.request.method", http.MethodPost),
			attribute.String("url.full", p.at+path),
		))
	err = telemetry.Within(span, func() (err error) {
		limited, cancel := context.WithTimeout(ctx, p.within)
		defer cancel()
		said, err = p.post(limited, path, key, body)
		span.SetAttributes(attribute.Int("http.response.status_code", said.status))
		return err
	})
	return said, err
}

func (p *provider) post(ctx context.Context, path, key string, body any) (answer, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return answer{}, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.at+path, bytes.NewReader(text))
	if err != nil {
		return answer{}, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", key)
	for name, value := range telemetry.Carried(ctx) {
		request.Header.Set(name, value)
	}
	return p.send(request)
}

func (p *provider) send(request *http.Request) (answer, error) {
	response, err := p.client.Do(request)
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
	case http.StatusPaymentRequired:
		return said, nil
	case http.StatusOK, http.StatusCreated:
		var taken struct {
			Charge string `json:"charge"`
		}
		err := json.Unmarshal(text, &taken)
		said.charge = taken.Charge
		return said, err
	}
	return said, fmt.Errorf("the provider answered %d", response.StatusCode)
}
