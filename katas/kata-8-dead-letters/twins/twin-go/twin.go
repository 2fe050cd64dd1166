// Package twin is what the twins in Go share: everything but what they do about a failure.
package twin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"strconv"

	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit"
	"plan-lab/kit/amqp"
)

const (
	Attempts = 3
	queue    = "work"
	dead     = "work.dead"
)

// Failed is a message that could not be shipped, and why.
type Failed struct {
	rabbit.Delivery
	// Made counts the attempt that has just failed.
	Made   int
	Reason string
}

// Work consumes; what fails goes to fail, and is acknowledged if that returns no error.
func Work(fail func(context.Context, *amqp.Channel, Failed) error) {
	env := kit.ReadEnvironment()
	port, warehouse := env.Port(), env.Required("UPSTREAM_URL")
	consumption := amqp.Consumption{
		URL:      env.Required("AMQP_URL"),
		Queue:    queue,
		Prefetch: env.Integer("PLAN_PREFETCH", 5),
		Handle: func(ctx context.Context, delivery rabbit.Delivery, channel *amqp.Channel) (amqp.Verdict, error) {
			err := ship(ctx, warehouse, delivery.Body)
			if err == nil {
				return amqp.Ack, nil
			}
			if ctx.Err() != nil {
				return amqp.Release, err
			}
			before, _ := strconv.Atoi(fmt.Sprint(delivery.Headers["x-attempts"]))
			return amqp.Ack, fail(ctx, channel, Failed{delivery, before + 1, err.Error()})
		},
	}
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.Run(port, func(ctx context.Context) (kit.Routes, func(), error) {
		worker, err := amqp.Start(ctx, consumption)
		if err != nil {
			return nil, nil, err
		}
		return kit.HealthyWhile(worker.IsConsuming), worker.Stop, nil
	})
}

// Next is the copy of what failed, and where it belongs.
func (f Failed) Next() (string, rabbit.Publishing) {
	headers := rabbit.Table{"x-attempts": strconv.Itoa(f.Made)}
	key := queue
	if f.Made >= Attempts {
		key = dead
		headers["x-reason"] = f.Reason
	}
	return key, rabbit.Publishing{Headers: headers, MessageId: f.MessageId, ContentType: f.ContentType, Body: f.Body}
}

func ship(ctx context.Context, warehouse string, body []byte) error {
	var order struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(body, &order); err != nil || order.ID == "" {
		return errors.New("no shipment")
	}
	asked, err := json.Marshal(order)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, warehouse+"/shipments", bytes.NewReader(asked))
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	var answer struct {
		Error string `json:"error"`
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return err
	}
	if response.StatusCode != http.StatusCreated {
		return fmt.Errorf("%d %s", response.StatusCode, answer.Error)
	}
	return nil
}
