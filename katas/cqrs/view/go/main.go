// Command view is the read side of the kata cqrs, as PLAN_STRATEGY says: it folds what the write side
// tells into tables of its own, or asks the write side each time.
package main

import (
	"context"
	"fmt"
	"log"

	"plan-lab/kit"
	"plan-lab/kit/postgres"
)

var projections = map[string]projection{
	"naive-projection":      naive,
	"idempotent-projection": idempotent,
	"versioned-projection":  versioned,
}

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	strategy := env.Text("PLAN_STRATEGY", "versioned-projection")
	project, projects := projections[strategy]
	asks := strategy == "query-the-write-side"
	if !projects && !asks {
		env.Fail(fmt.Errorf("there is no strategy %q", strategy))
	}
	var order, database, broker string
	if asks {
		order = env.Required("ORDER_URL")
	} else {
		database, broker = env.Required("DATABASE_URL"), env.Required("AMQP_URL")
	}
	side := readSide{whenCut: env.Text("PLAN_WHEN_CUT", "refuse"), wait: env.Milliseconds("PLAN_WAIT_MS", 1_000)}
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.Run(port, func(ctx context.Context) (kit.Routes, func(), error) {
		if asks {
			return writeSide(order), func() {}, nil
		}
		pool, err := postgres.OpenPoolOf(ctx, database, 10)
		if err != nil {
			return nil, nil, err
		}
		side.pool = pool
		side.follower = follow(following{
			url:  broker,
			next: func(ctx context.Context) (int64, error) { return nextOf(ctx, pool) },
			fold: func(_ context.Context, entries []entry) error {
				// What has begun is finished, also while the view stops.
				err := fold(context.Background(), pool, entries, project)
				if err != nil {
					log.Printf("will fold again: %v", err)
				}
				return err
			},
		})
		return routesOf(side, strategy), func() {
			side.follower.Stop()
			pool.Close()
		}, nil
	})
}

func routesOf(side readSide, strategy string) kit.Routes {
	summaryOf := summed
	if strategy == "naive-projection" {
		summaryOf = addedUp
	}
	return kit.Routes{
		"GET /health": kit.HealthyWhile(side.follower.IsConsuming)["GET /health"],
		"GET /customers/{customer}/orders": func(request kit.Request) (int, any, error) {
			return side.answer(request, func(ctx context.Context) (map[string]any, error) {
				orders, err := ordersOf(ctx, side.pool, request.Parameters["customer"])
				return map[string]any{"orders": orders}, err
			})
		},
		"GET /customers/{customer}/summary": func(request kit.Request) (int, any, error) {
			return side.answer(request, func(ctx context.Context) (map[string]any, error) {
				found, err := summaryOf(ctx, side.pool, request.Parameters["customer"])
				return map[string]any{"orders": found.Orders, "total": found.Total}, err
			})
		},
	}
}
