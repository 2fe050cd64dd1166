// Command kata-10 takes the orders of kata 10 and publishes their events, in the way that
// PLAN_STRATEGY names. PLAN_PROCESS says which half this process is.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"

	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit"
	"plan-lab/kit/amqp"
	"plan-lab/kit/postgres"
)

type strategy struct {
	place func(*pgxpool.Pool, *amqp.Publisher) place
	// relay is nil where nothing is left to publish.
	relay func(*pgxpool.Pool, *amqp.Publisher) turn
}

var strategies = map[string]strategy{
	"dual-write":    {place: dualWrite},
	"publish-first": {place: publishFirst},
	"outbox-naive":  {place: intoOutbox, relay: naiveRelay},
	"outbox":        {place: intoOutbox, relay: relayInOrder},
}

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	database := env.Required("DATABASE_URL")
	broker := env.Required("AMQP_URL")
	name := env.Text("PLAN_STRATEGY", "outbox")
	isRelay := env.Text("PLAN_PROCESS", "api") == "relay"
	chosen, known := strategies[name]
	if !known {
		env.Fail(fmt.Errorf("there is no strategy %q", name))
	}
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.Run(port, func(ctx context.Context) (kit.Routes, func(), error) {
		pool, err := postgres.OpenPoolOf(ctx, database, connections(isRelay))
		if err != nil {
			return nil, nil, err
		}
		publisher := amqp.NewPublisher(broker)
		stop := func() {}
		if isRelay && chosen.relay != nil {
			stop = keepRelaying(chosen.relay(pool, publisher))
		}
		closeAll := func() {
			stop()
			publisher.Close()
			pool.Close()
		}
		if isRelay {
			return kit.Routes{}, closeAll, nil
		}
		return routes(untilKnown(chosen.place(pool, publisher))), closeAll, nil
	})
}

// connections: a relay publishes one batch after the other.
func connections(isRelay bool) int32 {
	if isRelay {
		return 2
	}
	return 20
}

func routes(take place) kit.Routes {
	return kit.Routes{
		"POST /orders": func(request kit.Request) (int, any, error) {
			wanted, err := readOrder(request)
			if err != nil {
				return 0, nil, err
			}
			// A client that hangs up does not stop it half way.
			err = take(context.Background(), wanted)
			if errors.Is(err, errUnavailable) {
				return http.StatusServiceUnavailable, map[string]string{"error": err.Error()}, nil
			}
			if err != nil {
				return 0, nil, err
			}
			return http.StatusCreated, map[string]string{"id": wanted.ID}, nil
		},
	}
}
