package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit"
	"plan-lab/kit/inbox"
	"plan-lab/kit/postgres"
)

var errOtherOrder = errors.New("this id is of another order")

// take takes an order, and tells of it, and begins the saga; one that comes again is the same order.
func take(ctx context.Context, pool *pgxpool.Pool, message told, begin inbox.Reaction[told]) (isNew bool, err error) {
	err = postgres.InTransaction(ctx, pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx,
			`INSERT INTO orders (id, customer, sku, quantity, amount, status)
			 VALUES ($1, $2, $3, $4, $5, 'PENDING') ON CONFLICT (id) DO NOTHING`,
			message.Order, message.Customer, message.SKU, message.Quantity, message.Amount)
		if err != nil {
			return err
		}
		if isNew = tag.RowsAffected() == 1; !isNew {
			return sameAs(ctx, tx, message)
		}
		if err := tell(ctx, tx, "OrderCreated", message); err != nil {
			return err
		}
		return begin(ctx, tx, message)
	})
	return isNew, err
}

func sameAs(ctx context.Context, tx pgx.Tx, message told) error {
	there := told{Order: message.Order}
	err := tx.QueryRow(ctx, `SELECT customer, sku, quantity, amount FROM orders WHERE id = $1`, message.Order).
		Scan(&there.Customer, &there.SKU, &there.Quantity, &there.Amount)
	if err == nil && there != message {
		return errOtherOrder
	}
	return err
}

// confirm and reject: only what is pending ends, so that a final state is never left.
func confirm(ctx context.Context, tx pgx.Tx, message told) error {
	tag, err := tx.Exec(ctx,
		`UPDATE orders SET status = 'CONFIRMED' WHERE id = $1 AND status = 'PENDING'`, message.Order)
	if err != nil || tag.RowsAffected() != 1 {
		return err
	}
	return tell(ctx, tx, "OrderConfirmed", message)
}

func reject(ctx context.Context, tx pgx.Tx, message told, reason string) error {
	tag, err := tx.Exec(ctx,
		`UPDATE orders SET status = 'REJECTED', reason = $2 WHERE id = $1 AND status = 'PENDING'`,
		message.Order, reason)
	if err != nil || tag.RowsAffected() != 1 {
		return err
	}
	return tellRejected(ctx, tx, rejected{told: message, Reason: reason})
}

type state struct {
	ID     string  `json:"id"`
	Status string  `json:"status"`
	Reason *string `json:"reason,omitempty"`
}

func find(ctx context.Context, pool *pgxpool.Pool, id string) (*state, error) {
	found := state{ID: id}
	err := pool.QueryRow(ctx, `SELECT status, reason FROM orders WHERE id = $1`, id).
		Scan(&found.Status, &found.Reason)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return &found, err
}

// overdue orders are pending for longer than the deadline. The rows know when they began: no timer
// can be forgotten.
func overdue(ctx context.Context, pool *pgxpool.Pool, deadline time.Duration) ([]told, error) {
	found, err := pool.Query(ctx,
		`SELECT id, customer, sku, quantity, amount FROM orders
		  WHERE status = 'PENDING' AND created_at < clock_timestamp() - $1::float8 * interval '1 millisecond'`,
		float64(deadline.Milliseconds()))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(found, pgx.RowToStructByPos[told])
}

// giveUpOverdue tells how many there were.
func giveUpOverdue(ctx context.Context, pool *pgxpool.Pool, deadline time.Duration, giveUp inbox.Reaction[told]) (int, error) {
	late, err := overdue(ctx, pool, deadline)
	if err != nil {
		return 0, err
	}
	for _, one := range late {
		err := postgres.InTransaction(ctx, pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
			if err := inbox.LockKey(ctx, tx, one.Order); err != nil {
				return err
			}
			return giveUp(ctx, tx, one)
		})
		if err != nil {
			return 0, err
		}
	}
	return len(late), nil
}

func readOrder(request kit.Request) (told, error) {
	var body struct {
		ID string `json:"id"`
		told
	}
	if err := request.JSON(&body); err != nil {
		return told{}, err
	}
	wanted := body.told
	wanted.Order = body.ID
	if !wanted.isOrder() {
		return wanted, fmt.Errorf("%w: id, customer and sku are texts, quantity and amount whole numbers from 1", kit.ErrBadRequest)
	}
	return wanted, nil
}
