// Command orders takes the orders of the shop and brings them to their end, in the way that PLAN_STRATEGY
// names.
package main

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit"
	"plan-lab/kit/amqp"
	"plan-lab/kit/outbox"
	"plan-lab/kit/postgres"
	"plan-lab/kit/telemetry"
	"plan-lab/kit/telemetry/bus"
)

// poolSize is for the requests, the replies and the deadlines.
const poolSize = 20

type setting struct {
	database, broker string
	deadline         time.Duration
	rate, burst      int
}

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	set := setting{
		database: env.Required("DATABASE_URL"),
		broker:   env.Required("AMQP_URL"),
		deadline: env.Milliseconds("PLAN_DEADLINE_MS", 3_000),
		rate:     env.Integer("PLAN_RATE", 20),
		burst:    env.Integer("PLAN_BURST", 20),
	}
	strategy := env.Text("PLAN_STRATEGY", "shop")
	if strategy != "shop" && strategy != "happy-path" {
		env.Fail(fmt.Errorf("there is no strategy %q", strategy))
	}
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	if strategy == "happy-path" {
		kit.RunAround(port, set.happyPath, telemetry.Counted)
		return
	}
	kit.RunAround(port, set.shop, telemetry.Observed)
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
	worker, err := s.listen(term, pool, relay.Wake)
	if err != nil {
		relay.Stop()
		pool.Close()
		return nil, nil, err
	}
	stopLooking := watchDeadlines(sagas{pool, relay.Wake}, s.deadline)
	taking := &taking{pool, relay.Wake}
	edge := edge{pool: pool, clients: newClients(pool), limit: newRateLimit(s.rate, s.burst), take: taking.once}
	return routesOf(edge, worker), func() {
		stopLooking()
		worker.Stop()
		relay.Stop()
		pool.Close()
		flush()
	}, nil
}

func (s setting) listen(term context.Context, pool *pgxpool.Pool, committed func()) (*amqp.Worker, error) {
	if err := prepareKeys(term, pool); err != nil {
		return nil, err
	}
	return bus.Listen(term, queueOf(s.broker, sagas{pool, committed}.replies()))
}

func (s setting) happyPath(term context.Context) (kit.Routes, func(), error) {
	pool, err := pgxpool.New(term, s.database)
	if err != nil {
		return nil, nil, err
	}
	hopeful := &bus.Hopeful{URL: s.broker}
	happy := happy{pool, hopeful}
	worker, err := bus.ListenHopefully(term, queueOf(s.broker, happy.replies()))
	if err != nil {
		pool.Close()
		return nil, nil, err
	}
	return routesOf(edge{pool: pool, clients: newClients(pool), take: happy.take}, worker), func() {
		worker.Stop()
		hopeful.Close()
		pool.Close()
	}, nil
}

func queueOf(broker string, replies map[string]bus.Does[told]) bus.Queue[told] {
	return bus.Queue[told]{URL: broker, Name: "orders", Does: replies, Read: readTold, OrderOf: orderOf}
}

func routesOf(edge edge, worker *amqp.Worker) kit.Routes {
	routes := telemetry.MetricsRoute()
	routes["GET /health"] = kit.HealthyWhile(worker.IsConsuming)["GET /health"]
	routes["POST /orders"] = edge.place
	routes["GET /orders/{id}"] = edge.show
	return routes
}
