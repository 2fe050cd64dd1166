// Command inventory reserves and releases the goods of the shop, in the way that PLAN_STRATEGY names.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit"
	"plan-lab/kit/amqp"
	"plan-lab/kit/outbox"
	"plan-lab/kit/postgres"
	"plan-lab/kit/telemetry"
	"plan-lab/kit/telemetry/bus"
)

// Transactions are short, and two processes may run side by side.
const poolSize = 8

type setting struct{ database, broker string }

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	set := setting{database: env.Required("DATABASE_URL"), broker: env.Required("AMQP_URL")}
	strategies := map[string]kit.Service{"shop": set.shop, "happy-path": set.happyPath}
	strategy := env.Text("PLAN_STRATEGY", "shop")
	service, known := strategies[strategy]
	if !known {
		env.Fail(fmt.Errorf("there is no strategy %q", strategy))
	}
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.Run(port, service)
}

func (s setting) shop(term context.Context) (kit.Routes, func(), error) {
	telemetry.StartLogging()
	flush, err := telemetry.StartTracing(term)
	if err != nil {
		return nil, nil, err
	}
	pool, err := postgres.OpenPoolOf(term, s.database, poolSize)
	if err != nil {
		return nil, nil, err
	}
	relay := outbox.Start(pool, s.broker)
	goods := &reservations{pool, relay.Wake}
	worker, err := bus.Listen(term, s.queue(map[string]bus.Does[order]{
		"ReserveStock": goods.reserve,
		"ReleaseStock": goods.release,
	}))
	if err != nil {
		relay.Stop()
		pool.Close()
		return nil, nil, err
	}
	return routes(worker), func() {
		worker.Stop()
		relay.Stop()
		pool.Close()
		flush()
	}, nil
}

func (s setting) happyPath(term context.Context) (kit.Routes, func(), error) {
	pool, err := pgxpool.New(term, s.database)
	if err != nil {
		return nil, nil, err
	}
	happy := happy{pool, &bus.Hopeful{URL: s.broker}}
	worker, err := bus.ListenHopefully(term, s.queue(map[string]bus.Does[order]{"ReserveStock": happy.reserve}))
	if err != nil {
		pool.Close()
		return nil, nil, err
	}
	return routes(worker), func() {
		worker.Stop()
		happy.bus.Close()
		pool.Close()
	}, nil
}

func (s setting) queue(commands map[string]bus.Does[order]) bus.Queue[order] {
	return bus.Queue[order]{URL: s.broker, Name: "inventory", Does: commands, Read: readOrder, OrderOf: orderOf}
}

func routes(worker *amqp.Worker) kit.Routes {
	routes := telemetry.MetricsRoute()
	routes["GET /health"] = kit.HealthyWhile(worker.IsConsuming)["GET /health"]
	return routes
}
