package main

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"os"
	"time"

	"github.com/jackc/pgx/v5"
	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit"
	"plan-lab/kit/amqp"
	"plan-lab/kit/inbox"
	"plan-lab/kit/outbox"
	"plan-lab/kit/postgres"
)

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	url := env.Required("AMQP_URL")
	database := env.Text("DATABASE_URL", "")
	gate := env.Text("WORKER_GATE", "")
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.Run(port, func(ctx context.Context) (kit.Routes, func(), error) {
		if database != "" {
			return openBoxes(ctx, url, database)
		}
		worker, err := amqp.Start(ctx, amqp.Consumption{
			URL: url, Queue: "work", Prefetch: 5, Handle: handler(gate),
		})
		if err != nil {
			return nil, nil, err
		}
		return kit.HealthyWhile(worker.IsConsuming), worker.Stop, nil
	})
}

func handler(gate string) amqp.Handler {
	return func(ctx context.Context, message rabbit.Delivery, channel *amqp.Channel) (amqp.Verdict, error) {
		var body struct{ Kind string }
		if err := json.Unmarshal(message.Body, &body); err != nil {
			return amqp.Discard, nil
		}
		if body.Kind == "fails-once" && !message.Redelivered {
			return amqp.Requeue, errors.New("not this time")
		}
		if body.Kind == "held" {
			begun := rabbit.Publishing{Body: []byte("{}")}
			if err := channel.Publish(ctx, "", "begun", begun); err != nil {
				return amqp.Requeue, err
			}
			if err := wait(ctx, gate); err != nil {
				return amqp.Requeue, err
			}
		}
		outcome, err := outcomeOf(ctx, body.Kind, channel)
		if err != nil {
			return amqp.Requeue, err
		}
		content, err := json.Marshal(map[string]string{"id": message.MessageId, "outcome": outcome})
		if err != nil {
			return amqp.Requeue, err
		}
		done := rabbit.Publishing{MessageId: message.MessageId, Body: content}
		return amqp.Ack, channel.Publish(ctx, "", "done", done)
	}
}

func wait(ctx context.Context, gate string) error {
	for {
		if _, err := os.Stat(gate); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func outcomeOf(ctx context.Context, kind string, channel *amqp.Channel) (string, error) {
	if kind != "full" && kind != "nowhere" {
		return "done", nil
	}
	err := channel.Publish(ctx, "", kind, rabbit.Publishing{Body: []byte("{}")})
	switch {
	case errors.Is(err, amqp.ErrRefused):
		return "refused", nil
	case errors.Is(err, amqp.ErrUnroutable):
		return "unroutable", nil
	default:
		return "published", err
	}
}

type asked struct {
	Order string `json:"order"`
}

func openBoxes(ctx context.Context, url, database string) (kit.Routes, func(), error) {
	pool, err := postgres.OpenPoolOf(ctx, database, 4)
	if err != nil {
		return nil, nil, err
	}
	relay := outbox.Start(pool, url)
	worker, err := inbox.Open(ctx, inbox.Inbox[asked]{
		URL: url, Pool: pool, Queue: "work", Read: read, OnCommitted: relay.Wake,
		KeyOf: func(body asked) string { return body.Order },
		Reactions: inbox.Reactions[asked]{
			"Asked": func(ctx context.Context, tx pgx.Tx, body asked) error {
				return outbox.Post(ctx, tx, outbox.Message{
					Exchange: "events", Key: "Answered", CorrelationID: body.Order, Body: body,
				})
			},
		},
	})
	if err != nil {
		relay.Stop()
		pool.Close()
		return nil, nil, err
	}
	return kit.HealthyWhile(worker.IsConsuming), func() {
		worker.Stop()
		relay.Stop()
		pool.Close()
	}, nil
}

func read(text []byte) (body asked, err error) {
	err = json.Unmarshal(text, &body)
	if err == nil && body.Order == "" {
		err = errors.New("the body names no order")
	}
	return body, err
}
