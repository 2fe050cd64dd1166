// Command order is the write side of the kata cqrs: it takes orders, and tells what becomes of them.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"

	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit"
	"plan-lab/kit/outbox"
	"plan-lab/kit/postgres"
)

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	database := env.Required("DATABASE_URL")
	broker := env.Required("AMQP_URL")
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.Run(port, func(ctx context.Context) (kit.Routes, func(), error) {
		pool, err := postgres.OpenPoolOf(ctx, database, 12)
		if err != nil {
			return nil, nil, err
		}
		relay := outbox.Start(pool, broker)
		return routesOf(pool, relay.Wake), func() {
			relay.Stop()
			pool.Close()
		}, nil
	})
}

type taken struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
	Token   string `json:"token"`
}

func routesOf(pool *pgxpool.Pool, onCommitted func()) kit.Routes {
	answer := func(stands order, err error) (int, any, error) {
		switch {
		case errors.Is(err, errNobody):
			return http.StatusNotFound, map[string]string{"error": err.Error()}, nil
		case errors.Is(err, errConflict):
			return http.StatusConflict, map[string]string{"error": err.Error()}, nil
		case err != nil:
			return 0, nil, err
		}
		onCommitted()
		token := fmt.Sprintf("%s@%d", stands.ID, stands.Version)
		return http.StatusAccepted, taken{stands.ID, stands.Version, token}, nil
	}
	return kit.Routes{
		"PUT /orders/{order}": func(request kit.Request) (int, any, error) {
			wanted, err := readWish(request)
			if err != nil {
				return 0, nil, err
			}
			// A client that hangs up does not stop it half way.
			return answer(put(context.Background(), pool, request.Parameters["order"], wanted))
		},
		"DELETE /orders/{order}": func(request kit.Request) (int, any, error) {
			return answer(cancelOrder(context.Background(), pool, request.Parameters["order"]))
		},
		// For who asks the write side. The view folds what this service tells instead.
		"GET /customers/{customer}/orders": func(request kit.Request) (int, any, error) {
			customer := request.Parameters["customer"]
			orders, err := ordersOf(request.Context(), pool, customer)
			return http.StatusOK, listed{Customer: customer, Orders: orders}, err
		},
		"GET /customers/{customer}/summary": func(request kit.Request) (int, any, error) {
			customer := request.Parameters["customer"]
			summary, err := summaryOf(request.Context(), pool, customer)
			return http.StatusOK, summed{Customer: customer, summary: summary}, err
		},
	}
}
