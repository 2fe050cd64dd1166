// Command order works, in requests and messages alike, under the context that SIGTERM cancels: what is
// under way then is broken off.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit"
	"plan-lab/kit/inbox"
	"plan-lab/kit/outbox"
	"plan-lab/kit/postgres"
)

type told struct {
	Order    string `json:"order"`
	Customer string `json:"customer"`
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
	Amount   int    `json:"amount"`
	Reason   string `json:"reason,omitempty"`
}

func (t told) isOrder() bool {
	return t.Order != "" && t.Customer != "" && t.SKU != "" && t.Quantity > 0 && t.Amount > 0
}

func main() {
	env := kit.ReadEnvironment()
	port, database, broker := env.Port(), env.Required("DATABASE_URL"), env.Required("AMQP_URL")
	deadline := env.Milliseconds("PLAN_DEADLINE_MS", 3_000)
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
			URL: broker, Pool: pool, Queue: "order", Read: read, OnCommitted: relay.Wake,
			KeyOf: func(message told) string { return message.Order },
			Reactions: inbox.Reactions[told]{
				"StockReserved":   under(ctx, "CONFIRMED", ""),
				"StockRejected":   under(ctx, "REJECTED", "out-of-stock"),
				"PaymentDeclined": under(ctx, "REJECTED", "declined"),
			},
		})
		if err != nil {
			return nil, nil, err
		}
		go lookForOverdue(ctx, pool, deadline, relay.Wake)
		routes := routesOf(ctx, pool, relay.Wake)
		routes["GET /health"] = kit.HealthyWhile(worker.IsConsuming)["GET /health"]
		return routes, func() { worker.Stop(); relay.Stop(); pool.Close() }, nil
	})
}

func read(body []byte) (message told, err error) {
	if err = json.Unmarshal(body, &message); err == nil && !message.isOrder() {
		err = errors.New("the body is no order")
	}
	return message, err
}

// under works as long as the program is to, however long the message may take.
func under(ctx context.Context, status, reason string) inbox.Reaction[told] {
	return func(_ context.Context, tx pgx.Tx, message told) error {
		return end(ctx, tx, message, status, reason)
	}
}

func end(ctx context.Context, tx pgx.Tx, message told, status, reason string) error {
	tag, err := tx.Exec(ctx, `UPDATE orders SET status = $2, reason = nullif($3, '')
		WHERE id = $1 AND status = 'PENDING'`, message.Order, status, reason)
	if err != nil || tag.RowsAffected() != 1 {
		return err
	}
	message.Reason = reason
	return tell(ctx, tx, map[string]string{"CONFIRMED": "OrderConfirmed", "REJECTED": "OrderRejected"}[status], message)
}

func tell(ctx context.Context, tx pgx.Tx, fact string, message told) error {
	return outbox.Post(ctx, tx, outbox.Message{
		Exchange: "events", Key: fact, CorrelationID: message.Order, Body: message,
	})
}

func routesOf(ctx context.Context, pool *pgxpool.Pool, onCommitted func()) kit.Routes {
	return kit.Routes{
		"POST /orders": func(request kit.Request) (int, any, error) {
			var body struct {
				ID string `json:"id"`
				told
			}
			if err := request.JSON(&body); err != nil {
				return 0, nil, err
			}
			wanted := body.told
			wanted.Order = body.ID
			if !wanted.isOrder() {
				return 0, nil, fmt.Errorf("%w: this is no order", kit.ErrBadRequest)
			}
			isSame, err := take(ctx, pool, wanted)
			if err != nil {
				return 0, nil, err
			}
			if !isSame {
				return http.StatusUnprocessableEntity, map[string]string{"error": "this id is of another order"}, nil
			}
			onCommitted()
			return http.StatusAccepted, map[string]string{"id": wanted.Order, "status": "PENDING"}, nil
		},
		"GET /orders/{id}": func(request kit.Request) (int, any, error) {
			found := struct {
				ID     string  `json:"id"`
				Status string  `json:"status"`
				Reason *string `json:"reason,omitempty"`
			}{ID: request.Parameters["id"]}
			err := pool.QueryRow(ctx, `SELECT status, reason FROM orders WHERE id = $1`, found.ID).
				Scan(&found.Status, &found.Reason)
			if errors.Is(err, pgx.ErrNoRows) {
				return http.StatusNotFound, map[string]string{"error": "there is no such order"}, nil
			}
			return http.StatusOK, found, err
		},
	}
}

func take(ctx context.Context, pool *pgxpool.Pool, wanted told) (isSame bool, err error) {
	err = postgres.InTransaction(ctx, pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `INSERT INTO orders (id, customer, sku, quantity, amount, status)
			VALUES ($1, $2, $3, $4, $5, 'PENDING') ON CONFLICT (id) DO NOTHING`,
			wanted.Order, wanted.Customer, wanted.SKU, wanted.Quantity, wanted.Amount)
		if err == nil && tag.RowsAffected() == 1 {
			isSame = true
			return tell(ctx, tx, "OrderCreated", wanted)
		}
		if err != nil {
			return err
		}
		return tx.QueryRow(ctx, `SELECT (customer, sku, quantity, amount) = ($2, $3, $4::integer, $5::integer)
			FROM orders WHERE id = $1`, wanted.Order, wanted.Customer, wanted.SKU, wanted.Quantity, wanted.Amount).
			Scan(&isSame)
	})
	return isSame, err
}

func lookForOverdue(ctx context.Context, pool *pgxpool.Pool, deadline time.Duration, onCommitted func()) {
	for ; ctx.Err() == nil; time.Sleep(100 * time.Millisecond) {
		found, err := pool.Query(ctx, `SELECT id, customer, sku, quantity, amount, '' FROM orders
			WHERE status = 'PENDING' AND created_at < clock_timestamp() - $1::float8 * interval '1 millisecond'`,
			float64(deadline.Milliseconds()))
		if err != nil {
			continue
		}
		late, err := pgx.CollectRows(found, pgx.RowToStructByPos[told])
		for _, one := range late {
			err = postgres.InTransaction(ctx, pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
				if err := inbox.LockKey(ctx, tx, one.Order); err != nil {
					return err
				}
				return end(ctx, tx, one, "REJECTED", "deadline")
			})
		}
		if err != nil {
			log.Printf("will look again: %v", err)
		}
		onCommitted()
	}
}
