// Command order takes the orders of kata 9 and brings them to their end, in the style that
// PLAN_STRATEGY names.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit"
	"plan-lab/kit/inbox"
	"plan-lab/kit/outbox"
	"plan-lab/kit/postgres"
)

// lookEvery is between two looks at orders whose deadline has passed.
const lookEvery = 100 * time.Millisecond

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	database := env.Required("DATABASE_URL")
	broker := env.Required("AMQP_URL")
	deadline := env.Milliseconds("PLAN_DEADLINE_MS", 3_000)
	styleFor := styleOf(env, deadline)
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.Run(port, func(ctx context.Context) (kit.Routes, func(), error) {
		pool, err := postgres.OpenPoolOf(ctx, database, 12)
		if err != nil {
			return nil, nil, err
		}
		chosen := styleFor(pool)
		relay := outbox.Start(pool, broker)
		worker, err := inbox.Open(ctx, inbox.Inbox[told]{
			URL: broker, Pool: pool, Queue: "order", Reactions: chosen.reactions,
			Read: readTold, KeyOf: orderOf, OnCommitted: relay.Wake,
		})
		if err != nil {
			relay.Stop()
			pool.Close()
			return nil, nil, err
		}
		stopLooking := lookForOverdue(pool, chosen, deadline, relay.Wake)
		routes := routesOf(pool, chosen, relay.Wake)
		routes["GET /health"] = kit.HealthyWhile(worker.IsConsuming)["GET /health"]
		return routes, func() {
			worker.Stop()
			stopLooking()
			relay.Stop()
			pool.Close()
		}, nil
	})
}

func styleOf(env *kit.Environment, deadline time.Duration) func(*pgxpool.Pool) style {
	always := func(one style) func(*pgxpool.Pool) style {
		return func(*pgxpool.Pool) style { return one }
	}
	switch name := env.Text("PLAN_STRATEGY", "choreography"); name {
	case "orchestration":
		return always(orchestration)
	case "choreography", "no-compensation":
		// What the second forgets, its neighbours forget.
		return always(choreography)
	case "sync-chain":
		c := chain{payment: env.Required("PAYMENT_URL"), inventory: env.Required("INVENTORY_URL"), within: deadline}
		return func(pool *pgxpool.Pool) style {
			c.pool = pool
			return syncChain(c)
		}
	default:
		env.Fail(fmt.Errorf("there is no strategy %q", name))
		return nil
	}
}

func routesOf(pool *pgxpool.Pool, chosen style, onCommitted func()) kit.Routes {
	return kit.Routes{
		"POST /orders": func(request kit.Request) (int, any, error) {
			wanted, err := readOrder(request)
			if err != nil {
				return 0, nil, err
			}
			// A client that hangs up does not stop it half way.
			ctx := context.Background()
			isNew, err := take(ctx, pool, wanted, chosen.begin)
			if errors.Is(err, errOtherOrder) {
				return http.StatusUnprocessableEntity, map[string]string{"error": err.Error()}, nil
			}
			if err != nil {
				return 0, nil, err
			}
			onCommitted()
			if isNew && chosen.afterwards != nil {
				chosen.afterwards(ctx, wanted)
				onCommitted()
			}
			return http.StatusAccepted, state{ID: wanted.Order, Status: "PENDING"}, nil
		},
		"GET /orders/{id}": func(request kit.Request) (int, any, error) {
			found, err := find(request.Context(), pool, request.Parameters["id"])
			if err == nil && found == nil {
				return http.StatusNotFound, map[string]string{"error": "there is no such order"}, nil
			}
			return http.StatusOK, found, err
		},
	}
}

func lookForOverdue(pool *pgxpool.Pool, chosen style, deadline time.Duration, onCommitted func()) (stop func()) {
	if chosen.giveUp == nil {
		return func() {}
	}
	stopping, over := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(over)
		for {
			late, err := giveUpOverdue(context.Background(), pool, deadline, chosen.giveUp)
			if err != nil {
				log.Printf("will look again: %v", err)
			}
			if late > 0 {
				onCommitted()
			}
			select {
			case <-stopping:
				return
			case <-time.After(lookEvery):
			}
		}
	}()
	return func() {
		close(stopping)
		<-over
	}
}
