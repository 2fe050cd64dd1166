// Command api takes orders at the edge of kata 13, and tells of them as PLAN_STRATEGY says.
package main

import (
	"context"
	"fmt"
	"log"
	"net/http"

	"plan-lab/kit"
	"plan-lab/kit/amqp"
	"plan-lab/kit/telemetry"
)

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	broker := env.Required("AMQP_URL")
	strategy := env.Text("PLAN_STRATEGY", "full")
	around := kit.Around(observed)
	start := func(ctx context.Context) (flush func(), err error) {
		telemetry.StartLogging()
		return telemetry.StartTracing(ctx)
	}
	switch strategy {
	case "blind":
		around = blindly
		start = func(context.Context) (func(), error) { return func() {}, nil }
	case "http-only", "full":
	default:
		env.Fail(fmt.Errorf("there is no strategy %q", strategy))
	}
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.RunAround(port, func(ctx context.Context) (kit.Routes, func(), error) {
		flush, err := start(ctx)
		if err != nil {
			return nil, nil, err
		}
		publisher := amqp.NewPublisher(broker)
		routes := telemetry.MetricsRoute()
		routes["POST /orders"] = placeOrder(publisher, strategy)
		return routes, func() {
			publisher.Close()
			flush()
		}, nil
	}, around)
}

// noted is an answer whose status is still known when it has been given.
type noted struct {
	http.ResponseWriter
	status int
}

func (n *noted) WriteHeader(status int) {
	n.status = status
	n.ResponseWriter.WriteHeader(status)
}
