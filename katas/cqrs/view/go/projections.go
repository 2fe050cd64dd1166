package main

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

// projection is what one event does to the view.
type projection func(context.Context, pgx.Tx, event) error

// naive takes every event for new, and adds it up.
func naive(ctx context.Context, tx pgx.Tx, e event) error {
	var before int
	err := tx.QueryRow(ctx, `SELECT amount FROM orders WHERE id = $1`, e.Order).Scan(&before)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return err
	}
	if err := write(ctx, tx, e, ""); err != nil {
		return err
	}
	switch e.name {
	case "OrderCreated":
		return add(ctx, tx, e.Customer, 1, e.Amount)
	case "OrderChanged":
		return add(ctx, tx, e.Customer, 0, e.Amount-before)
	default:
		return add(ctx, tx, e.Customer, -1, -e.Amount)
	}
}

// idempotent takes each message once, as its id says; and the last one that came for the newest.
func idempotent(ctx context.Context, tx pgx.Tx, e event) error {
	tag, err := tx.Exec(ctx, `INSERT INTO inbox (message_id) VALUES ($1) ON CONFLICT DO NOTHING`, e.messageID)
	if err != nil || tag.RowsAffected() == 0 {
		return err
	}
	return write(ctx, tx, e, "")
}

// versioned: an event has all of the order as it stood, so what is older than what is there has
// nothing to say: neither a duplicate nor what came late.
func versioned(ctx context.Context, tx pgx.Tx, e event) error {
	return write(ctx, tx, e, "WHERE orders.version < EXCLUDED.version")
}

func write(ctx context.Context, tx pgx.Tx, e event, where string) error {
	_, err := tx.Exec(ctx,
		`INSERT INTO orders (id, customer, version, status, amount) VALUES ($1, $2, $3, $4, $5)
		 ON CONFLICT (id) DO UPDATE SET version = EXCLUDED.version, status = EXCLUDED.status,
		   amount = EXCLUDED.amount `+where, e.Order, e.Customer, e.Version, e.status, e.Amount)
	return err
}

func add(ctx context.Context, tx pgx.Tx, customer string, orders, total int) error {
	_, err := tx.Exec(ctx,
		`INSERT INTO summaries (customer, orders, total) VALUES ($1, $2, $3)
		 ON CONFLICT (customer) DO UPDATE SET orders = summaries.orders + $2, total = summaries.total + $3`,
		customer, orders, total)
	return err
}
