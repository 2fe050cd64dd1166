// Command kata-7 charges for the messages of a queue, and tries again as PLAN_STRATEGY and
// PLAN_WAIT name it.
package main

import (
	"context"
	"fmt"
	"log"
	"time"

	"plan-lab/kit"
)

// plan is what to do with a message, wherever it comes from.
type plan struct {
	charge  charge
	backoff backoff
	// longest: no wait is longer.
	longest time.Duration
	// attempts in all, the first one included.
	attempts int
	// stopping is over when the worker is told to stop.
	stopping context.Context
}

// wait is where a message waits for its next attempt: PLAN_WAIT.
type wait string

const (
	inProcess     wait = "in-process"
	delaysApart   wait = "delay-queues"
	oneDelayQueue wait = "one-delay-queue"
)

type work struct {
	plan plan
	wait wait
	// prefetch is how many messages are worked on at once.
	prefetch int
}

// worker works until it is stopped.
type worker func(ctx context.Context, url string, w work) (running, error)

type running struct {
	isConsuming func() bool
	stop        func()
}

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	stopping, stop := context.WithCancel(context.Background())
	start, url := brokerOf(env)
	w := work{wait: waitOf(env), prefetch: env.Integer("PLAN_PREFETCH", 10)}
	bounds := limits{
		base: env.Milliseconds("PLAN_BASE_MS", 100),
		cap:  env.Milliseconds("PLAN_CAP_MS", 1000),
	}
	w.plan = plan{
		charge:   chargesAt(env.Required("UPSTREAM_URL"), w.prefetch),
		backoff:  backoffOf(env, bounds),
		longest:  bounds.cap,
		attempts: env.Integer("PLAN_ATTEMPTS", 6),
		stopping: stopping,
	}
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.Run(port, func(ctx context.Context) (kit.Routes, func(), error) {
		started, err := start(ctx, url, w)
		if err != nil {
			return nil, nil, err
		}
		return kit.HealthyWhile(started.isConsuming), func() {
			stop()
			started.stop()
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

func backoffOf(env *kit.Environment, bounds limits) backoff {
	name := env.Text("PLAN_STRATEGY", bestStrategy)
	strategy := map[string]func(limits) backoff{
		"immediate":   immediate,
		"fixed":       fixed,
		"exponential": exponential,
		bestStrategy:  fullJitter,
	}[name]
	if strategy == nil {
		env.Fail(fmt.Errorf("there is no strategy %q", name))
		return nil
	}
	return strategy(bounds)
}

func waitOf(env *kit.Environment) wait {
	if env.Text("PLAN_STRATEGY", bestStrategy) == "immediate" {
		// Who does not wait needs no place to wait in.
		return inProcess
	}
	chosen := wait(env.Text("PLAN_WAIT", string(delaysApart)))
	if chosen != inProcess && chosen != delaysApart && chosen != oneDelayQueue {
		env.Fail(fmt.Errorf("there is no way to wait %q", chosen))
	}
	return chosen
}
