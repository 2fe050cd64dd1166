// Command kata-7 charges for the messages of a queue, and tries again as PLAN_STRATEGY and
// PLAN_WAIT name it.
package main

import (
	"context"
	"fmt"
	"log"

	"plan-lab/kit"
)

// plan is what to do with a message, wherever it comes from.
type plan struct {
	charge  charge
	backoff backoff
	// attempts in all, the first one included.
	attempts int
	// stopping is over when the worker is told to stop.
	stopping context.Context
}

type work struct {
	plan plan
	// wait is where a message waits for its next attempt: PLAN_WAIT.
	wait string
	// prefetch is how many messages are worked on at once.
	prefetch int
}

// worker works until it is stopped.
type worker func(ctx context.Context, url string, w work) (stop func(), err error)

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	stopping, stop := context.WithCancel(context.Background())
	start, url := brokerOf(env)
	w := work{wait: waitOf(env), prefetch: env.Integer("PLAN_PREFETCH", 10)}
	w.plan = plan{
		charge:   chargesAt(env.Required("UPSTREAM_URL"), w.prefetch),
		backoff:  backoffOf(env),
		attempts: env.Integer("PLAN_ATTEMPTS", 6),
		stopping: stopping,
	}
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.Run(port, func(ctx context.Context) (kit.Routes, func(), error) {
		stopWorker, err := start(ctx, url, w)
		if err != nil {
			return nil, nil, err
		}
		return kit.Routes{}, func() {
			stop()
			stopWorker()
		}, nil
	})
}

func brokerOf(env *kit.Environment) (worker, string) {
	if env.Text("PLAN_BROKER", "rabbitmq") == "redis-streams" {
		return workOnRedis, env.Required("REDIS_URL")
	}
	return workOnRabbit, env.Required("AMQP_URL")
}

const bestStrategy = "exponential-full-jitter"

func backoffOf(env *kit.Environment) backoff {
	name := env.Text("PLAN_STRATEGY", bestStrategy)
	strategy := map[string]func(limits) backoff{
		"immediate":   immediate,
		"fixed":       fixed,
		"exponential": exponential,
		bestStrategy:  fullJitter,
	}[name]
	bounds := limits{
		base: env.Milliseconds("PLAN_BASE_MS", 100),
		cap:  env.Milliseconds("PLAN_CAP_MS", 1000),
	}
	if strategy == nil {
		env.Fail(fmt.Errorf("there is no strategy %q", name))
		return nil
	}
	return strategy(bounds)
}

func waitOf(env *kit.Environment) string {
	if env.Text("PLAN_STRATEGY", bestStrategy) == "immediate" {
		// Who does not wait needs no place to wait in.
		return "in-process"
	}
	wait := env.Text("PLAN_WAIT", "delay-queues")
	if rabbitWays[wait] == nil {
		env.Fail(fmt.Errorf("there is no way to wait %q", wait))
	}
	return wait
}
