// Command kata-8 ships what comes in by a queue, and does with what fails as PLAN_STRATEGY says.
package main

import (
	"context"
	"fmt"
	"log"

	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit"
	"plan-lab/kit/amqp"
)

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	warehouse := env.Required("UPSTREAM_URL")
	onFailure := strategyOf(env)
	consumption := amqp.Consumption{
		URL:      env.Required("AMQP_URL"),
		Queue:    "work",
		Prefetch: env.Integer("PLAN_PREFETCH", 5),
		Handle:   handler(warehouse, onFailure),
	}
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.Run(port, func(ctx context.Context) (kit.Routes, func(), error) {
		worker, err := amqp.Start(ctx, consumption)
		if err != nil {
			return nil, nil, err
		}
		return kit.Routes{}, worker.Stop, nil
	})
}

// strategy says what becomes of a message that could not be done, and why it could not.
type strategy func(ctx context.Context, message rabbit.Delivery, channel *rabbit.Channel, reason string) (amqp.Verdict, error)

func strategyOf(env *kit.Environment) strategy {
	name := env.Text("PLAN_STRATEGY", "requeue-forever")
	onFailure := map[string]strategy{
		"requeue-forever":       requeueForever,
		"drop":                  drop,
		"dlx-header":            dlxHeader,
		"quorum-delivery-limit": quorumDeliveryLimit,
	}[name]
	if onFailure == nil {
		env.Fail(fmt.Errorf("there is no strategy %q", name))
	}
	return onFailure
}

func handler(warehouse string, onFailure strategy) amqp.Handler {
	return func(ctx context.Context, message rabbit.Delivery, channel *rabbit.Channel) (amqp.Verdict, error) {
		err := ship(ctx, warehouse, message)
		if err == nil {
			return amqp.Ack, nil
		}
		log.Printf("message %s failed: %v", message.MessageId, err)
		return onFailure(ctx, message, channel, err.Error())
	}
}
