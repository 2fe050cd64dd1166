// Command kata-12 takes jobs for a slow service, and does with what finds the queue full as PLAN_STRATEGY says.
package main

import (
	"fmt"
	"log"

	"plan-lab/kit"
)

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	options := options{
		limit:   env.Integer("PLAN_LIMIT", 20),
		workers: env.Integer("PLAN_WORKERS", 8),
		service: env.Milliseconds("PLAN_SERVICE_MS", 100),
		wait:    env.Milliseconds("PLAN_WAIT_MS", 500),
	}
	name := env.Text("PLAN_STRATEGY", "reject")
	strategy, ok := strategies[name]
	if !ok {
		env.Fail(fmt.Errorf("there is no strategy %q", name))
	}
	work := dependencyAt(env.Required("UPSTREAM_URL"), options.workers)
	service := overHTTP(strategy, options, work)
	if env.Text("PLAN_WAY", "http") == "rabbitmq" {
		service = overRabbitMQ(env.Required("AMQP_URL"), name, options, work)
	}
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.Run(port, service)
}
