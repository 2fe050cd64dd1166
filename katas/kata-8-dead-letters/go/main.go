// Command kata-8 ships what comes in by a queue, and does with what fails as PLAN_STRATEGY says.
package main

import (
	"context"
	"fmt"
	"log"
	"time"

	rabbit "github.com/rabbitmq/amqp091-go"
	streams "github.com/redis/go-redis/v9"

	"plan-lab/kit"
	"plan-lab/kit/amqp"
	"plan-lab/kit/redis"
)

const (
	queue    = "work"
	attempts = 3
	// What another worker held is taken over after this: a new version must not wait for long.
	claimIdle = 500 * time.Millisecond
)

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	work := worker{
		warehouse: env.Required("UPSTREAM_URL"),
		prefetch:  env.Integer("PLAN_PREFETCH", 5),
		strategy:  strategyOf(env),
	}
	start := work.onRabbitmq
	if env.Text("PLAN_BROKER", "rabbitmq") == "redis-streams" {
		start = work.onRedis
	}
	service := start(env)
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.Run(port, service)
}

// strategy says what becomes of a message that could not be done, and why it could not.
type strategy struct {
	onRabbitmq func(ctx context.Context, message rabbit.Delivery, channel *amqp.Channel, reason string) (amqp.Verdict, error)
	onRedis    func(message redis.Message, reason string) redis.Verdict
}

func strategyOf(env *kit.Environment) strategy {
	name := env.Text("PLAN_STRATEGY", "requeue-forever")
	found, ok := map[string]strategy{
		"requeue-forever":       requeueForever,
		"drop":                  drop,
		"dlx-header":            dlxHeader,
		"quorum-delivery-limit": quorumDeliveryLimit,
	}[name]
	if !ok {
		env.Fail(fmt.Errorf("there is no strategy %q", name))
	}
	return found
}

type worker struct {
	warehouse string
	prefetch  int
	strategy  strategy
}

func (w worker) onRabbitmq(env *kit.Environment) kit.Service {
	consumption := amqp.Consumption{
		URL:      env.Required("AMQP_URL"),
		Queue:    queue,
		Prefetch: w.prefetch,
		Handle: func(ctx context.Context, message rabbit.Delivery, channel *amqp.Channel) (amqp.Verdict, error) {
			if err := w.try(ctx, message.MessageId, message.Body); err != nil {
				if ctx.Err() != nil {
					return amqp.Release, err
				}
				return w.strategy.onRabbitmq(ctx, message, channel, err.Error())
			}
			return amqp.Ack, nil
		},
	}
	return func(ctx context.Context) (kit.Routes, func(), error) {
		started, err := amqp.Start(ctx, consumption)
		if err != nil {
			return nil, nil, err
		}
		return kit.HealthyWhile(started.IsConsuming), started.Stop, nil
	}
}

func (w worker) onRedis(env *kit.Environment) kit.Service {
	consumption := redis.Consumption{
		URL:       env.Required("REDIS_URL"),
		Queue:     queue,
		Prefetch:  w.prefetch,
		ClaimIdle: claimIdle,
		Handle: func(ctx context.Context, message redis.Message, _ *streams.Client) (redis.Verdict, error) {
			if err := w.try(ctx, message.ID, message.Body); err != nil {
				if ctx.Err() != nil {
					return redis.Requeue, err
				}
				return w.strategy.onRedis(message, err.Error()), nil
			}
			return redis.Ack, nil
		},
	}
	return func(ctx context.Context) (kit.Routes, func(), error) {
		started, err := redis.Start(ctx, consumption)
		if err != nil {
			return nil, nil, err
		}
		return kit.HealthyWhile(started.IsConsuming), started.Stop, nil
	}
}

func (w worker) try(ctx context.Context, id string, body []byte) error {
	err := ship(ctx, w.warehouse, body)
	if err != nil {
		log.Printf("message %s failed: %v", id, err)
	}
	return err
}
