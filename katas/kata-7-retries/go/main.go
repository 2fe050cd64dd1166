// Command kata-7 charges for the messages of a queue, and tries again as PLAN_STRATEGY and
// PLAN_WAIT name it.
package main

import (
	"context"
	"fmt"
	"log"

	"plan-lab/kit"
	"plan-lab/kit/amqp"
)

// plan is what a way to wait needs to know.
type plan struct {
	charge   charge
	backoff  backoff
	attempts int
	// stopping is over when the worker is told to stop.
	stopping context.Context
}

// way is where a message waits for its next attempt.
type way func(plan) amqp.Handler

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	consumption := amqp.Consumption{
		URL:      env.Required("AMQP_URL"),
		Queue:    "work",
		Prefetch: env.Integer("PLAN_PREFETCH", 10),
	}
	stopping, stop := context.WithCancel(context.Background())
	p := plan{
		charge:   chargesAt(env.Required("UPSTREAM_URL"), consumption.Prefetch),
		attempts: env.Integer("PLAN_ATTEMPTS", 6),
		stopping: stopping,
	}
	waitsIn, backoffOf := choose(env)
	bounds := limits{base: env.Milliseconds("PLAN_BASE_MS", 80), cap: env.Milliseconds("PLAN_CAP_MS", 1000)}
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	p.backoff = backoffOf(bounds)
	consumption.Handle = waitsIn(p)
	kit.Run(port, func(ctx context.Context) (kit.Routes, func(), error) {
		worker, err := amqp.Start(ctx, consumption)
		if err != nil {
			return nil, nil, err
		}
		return kit.Routes{}, func() {
			stop()
			worker.Stop()
		}, nil
	})
}

func choose(env *kit.Environment) (way, func(limits) backoff) {
	strategy := env.Text("PLAN_STRATEGY", "exponential-full-jitter")
	backoffOf := map[string]func(limits) backoff{
		"immediate":               immediate,
		"fixed":                   fixed,
		"exponential":             exponential,
		"exponential-full-jitter": fullJitter,
	}[strategy]
	if backoffOf == nil {
		env.Fail(fmt.Errorf("there is no strategy %q", strategy))
	}
	wait := env.Text("PLAN_WAIT", "delay-queues")
	if strategy == "immediate" {
		// Who does not wait needs no place to wait in.
		wait = "in-process"
	}
	waitsIn := map[string]way{
		"in-process":      inProcess,
		"delay-queues":    delayQueues,
		"one-delay-queue": oneDelayQueue,
	}[wait]
	if waitsIn == nil {
		env.Fail(fmt.Errorf("there is no way to wait %q", wait))
	}
	return waitsIn, backoffOf
}
