// Command payment takes and gives back the money of kata 9, in the style that PLAN_STRATEGY names.
package main

import (
	"context"
	"fmt"
	"log"
	"net/http"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit"
	"plan-lab/kit/inbox"
	"plan-lab/kit/outbox"
	"plan-lab/kit/postgres"
)

func pay(ctx context.Context, tx pgx.Tx, message told) error {
	_, err := authorize(ctx, tx, message)
	return err
}

// styles say what this service reacts to.
var styles = map[string]inbox.Reactions[told]{
	"sync-chain":      {},
	"no-compensation": {"OrderCreated": pay},
	"choreography":    {"OrderCreated": pay, "StockRejected": refund, "OrderRejected": refund},
	"orchestration":   {"AuthorizePayment": pay, "RefundPayment": refund},
}

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	database := env.Required("DATABASE_URL")
	broker := env.Required("AMQP_URL")
	style := env.Text("PLAN_STRATEGY", "choreography")
	reactions, known := styles[style]
	if !known {
		env.Fail(fmt.Errorf("there is no strategy %q", style))
	}
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.Run(port, func(ctx context.Context) (kit.Routes, func(), error) {
		pool, err := postgres.OpenPoolOf(ctx, database, 8)
		if err != nil {
			return nil, nil, err
		}
		relay := outbox.Start(pool, broker)
		worker, err := inbox.Open(ctx, inbox.Inbox[told]{
			URL: broker, Pool: pool, Queue: "payment", Reactions: reactions,
			Read: readTold, KeyOf: orderOf, OnCommitted: relay.Wake,
		})
		if err != nil {
			relay.Stop()
			pool.Close()
			return nil, nil, err
		}
		routes := callable(pool, relay.Wake)
		routes["GET /health"] = kit.HealthyWhile(worker.IsConsuming)["GET /health"]
		return routes, func() {
			worker.Stop()
			relay.Stop()
			pool.Close()
		}, nil
	})
}

// callable is for a style that calls in place of telling.
func callable(pool *pgxpool.Pool, onCommitted func()) kit.Routes {
	called := func(work func(context.Context, pgx.Tx, told) (int, error)) kit.Handler {
		return func(request kit.Request) (status int, body any, err error) {
			message, err := readCall(request)
			if err != nil {
				return 0, nil, err
			}
			ctx := context.Background()
			err = postgres.InTransaction(ctx, pool, pgx.ReadCommitted, func(tx pgx.Tx) (err error) {
				if err := inbox.LockKey(ctx, tx, message.Order); err != nil {
					return err
				}
				status, err = work(ctx, tx, message)
				return err
			})
			onCommitted()
			return status, map[string]string{"order": message.Order}, err
		}
	}
	return kit.Routes{
		"POST /payments": called(func(ctx context.Context, tx pgx.Tx, message told) (int, error) {
			status, err := authorize(ctx, tx, message)
			if status == "AUTHORIZED" {
				return http.StatusCreated, err
			}
			return http.StatusConflict, err
		}),
		"POST /refunds": called(func(ctx context.Context, tx pgx.Tx, message told) (int, error) {
			return http.StatusOK, refund(ctx, tx, message)
		}),
	}
}

func readCall(request kit.Request) (message told, err error) {
	if err := request.JSON(&message); err != nil {
		return message, err
	}
	if !message.isOrder() {
		return message, fmt.Errorf("%w: the body is no order", kit.ErrBadRequest)
	}
	return message, nil
}
