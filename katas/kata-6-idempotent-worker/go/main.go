// Command kata-6 takes payments from a queue, in the way that PLAN_STRATEGY names.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"

	"github.com/jackc/pgx/v5/pgxpool"
	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit"
	"plan-lab/kit/amqp"
	"plan-lab/kit/postgres"
)

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	database := env.Required("DATABASE_URL")
	consumption := amqp.Consumption{
		URL:      env.Required("AMQP_URL"),
		Queue:    "payments",
		Prefetch: env.Integer("PLAN_PREFETCH", 20),
	}
	take := strategyOf(env)
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.Run(port, func(ctx context.Context) (kit.Routes, func(), error) {
		pool, err := postgres.OpenPool(ctx, database)
		if err != nil {
			return nil, nil, err
		}
		consumption.Handle = handler(pool, take)
		worker, err := amqp.Start(ctx, consumption)
		if err != nil {
			pool.Close()
			return nil, nil, err
		}
		return kit.HealthyWhile(worker.IsConsuming), func() {
			worker.Stop()
			pool.Close()
		}, nil
	})
}

func strategyOf(env *kit.Environment) strategy {
	separate := markFirst
	if env.Text("PLAN_FIRST", "mark") == "effect" {
		separate = effectFirst
	}
	name := env.Text("PLAN_STRATEGY", "naive")
	take := map[string]strategy{
		"naive":          naive,
		"dedup-table":    dedupTable,
		"dedup-separate": separate,
		"natural-key":    naturalKey,
	}[name]
	if take == nil {
		env.Fail(fmt.Errorf("there is no strategy %q", name))
	}
	return take
}

// handler acknowledges once the payment is taken, and not before.
func handler(pool *pgxpool.Pool, take strategy) amqp.Handler {
	return func(ctx context.Context, delivered rabbit.Delivery, _ *amqp.Channel) (amqp.Verdict, error) {
		taken, err := readPayment(delivered.Body)
		if err == nil && !isName(delivered.MessageId) {
			// All that have none would be taken for one another.
			err = errors.New("there is no message_id")
		}
		if err != nil {
			// It will be no more readable the next time, and requeued it would come for ever. It goes to
			// the dead letters, where its queue has any: kata 8.
			log.Printf("message %s is given up: %v", delivered.MessageId, err)
			return amqp.Discard, nil
		}
		received := message{id: delivered.MessageId, payment: taken}
		return amqp.Ack, take(ctx, pool, received)
	}
}
