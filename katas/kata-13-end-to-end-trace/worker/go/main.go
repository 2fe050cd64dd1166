// Command worker stores the orders of kata 13, and tells of them as PLAN_STRATEGY says.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"

	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit"
	"plan-lab/kit/amqp"
	"plan-lab/kit/postgres"
	"plan-lab/kit/telemetry"
)

const prefetch = 10

// errAgain has the kit offer the message again, after a pause: what has failed was told of already.
var errAgain = errors.New("see above")

// attempt is one at a message; false where it failed.
type attempt func(ctx context.Context, order order, headers rabbit.Table) bool

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	database := env.Required("DATABASE_URL")
	broker := env.Required("AMQP_URL")
	strategy := env.Text("PLAN_STRATEGY", "full")
	if strategy != "blind" && strategy != "http-only" && strategy != "full" {
		env.Fail(fmt.Errorf("there is no strategy %q", strategy))
	}
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.Run(port, func(ctx context.Context) (kit.Routes, func(), error) {
		flush := func() {}
		if strategy != "blind" {
			telemetry.StartLogging()
			started, err := telemetry.StartTracing(ctx)
			if err != nil {
				return nil, nil, err
			}
			flush = started
		}
		pool, err := postgres.OpenPoolOf(ctx, database, prefetch)
		if err != nil {
			return nil, nil, err
		}
		take := observed(pool)
		if strategy == "blind" {
			take = blindly(pool)
		}
		worker, err := amqp.Start(ctx, amqp.Consumption{
			URL: broker, Queue: "orders", Prefetch: prefetch, Handle: handler(take),
		})
		if err != nil {
			pool.Close()
			return nil, nil, err
		}
		routes := telemetry.MetricsRoute()
		routes["GET /health"] = kit.HealthyWhile(worker.IsConsuming)["GET /health"]
		return routes, func() {
			worker.Stop()
			pool.Close()
			flush()
		}, nil
	})
}

func handler(take attempt) amqp.Handler {
	return func(ctx context.Context, message rabbit.Delivery, _ *amqp.Channel) (amqp.Verdict, error) {
		order, err := readOrder(message.Body)
		if err != nil {
			// It would be no more readable the next time.
			log.Printf("a message is given up: %v", err)
			return amqp.Discard, nil
		}
		if !take(ctx, order, message.Headers) {
			return amqp.Requeue, errAgain
		}
		return amqp.Ack, nil
	}
}
