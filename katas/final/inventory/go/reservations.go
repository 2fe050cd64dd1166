package main

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit/inbox"
	"plan-lab/kit/postgres"
	"plan-lab/kit/telemetry"
	"plan-lab/kit/telemetry/bus"
)

const (
	none      = ""
	reserved  = "RESERVED"
	rejected  = "REJECTED"
	cancelled = "CANCELLED"
)

// reservations has one row an order, which says what was decided: a command that comes again finds that
// it is done already, and no other inbox is needed.
type reservations struct {
	pool *pgxpool.Pool
	// committed: there may be something to publish.
	committed func()
}

// reserve is ReserveStock: it takes off what is there, if it is as much.
func (r *reservations) reserve(ctx context.Context, order order) error {
	return r.within(ctx, order, func(tx pgx.Tx, status string) error {
		// Also CANCELLED: the release was here first, and then there is nothing to reserve any more.
		if status != none {
			return nil
		}
		fact, err := reserve(ctx, tx, order)
		if err != nil {
			return err
		}
		return bus.Tell(ctx, tx, fact, order.Order, order)
	})
}

// release is ReleaseStock, the compensation: it puts back what is kept, and remembers where it came
// before its step.
func (r *reservations) release(ctx context.Context, order order) error {
	return r.within(ctx, order, func(tx pgx.Tx, status string) error {
		switch status {
		case none:
			return decide(ctx, tx, order, cancelled)
		case reserved:
			kept, err := isKept(ctx, tx, order)
			if err != nil || !kept {
				return err
			}
			if err := putBack(ctx, tx, order); err != nil {
				return err
			}
			return bus.Tell(ctx, tx, "StockReleased", order.Order, order)
		}
		return nil
	})
}

// within has the row of the order for itself until the transaction ends, with what it says.
func (r *reservations) within(ctx context.Context, order order, work func(pgx.Tx, string) error) error {
	err := postgres.InTransaction(ctx, r.pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
		if err := inbox.LockKey(ctx, tx, order.Order); err != nil {
			return err
		}
		status := none
		err := tx.QueryRow(ctx, `SELECT status FROM reservations WHERE order_id = $1`, order.Order).Scan(&status)
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		return work(tx, status)
	})
	r.committed()
	return err
}

// reserve tells the fact that comes of it.
func reserve(ctx context.Context, tx pgx.Tx, order order) (fact string, err error) {
	enough, err := take(ctx, tx, order)
	if err != nil {
		return "", err
	}
	if enough {
		return "StockReserved", decide(ctx, tx, order, reserved)
	}
	return "StockRejected", decide(ctx, tx, order, rejected)
}

func take(ctx context.Context, tx pgx.Tx, order order) (enough bool, err error) {
	err = telemetry.Statement(ctx, "UPDATE", "stock", func(ctx context.Context) error {
		tag, err := tx.Exec(ctx,
			`UPDATE stock SET available = available - $2 WHERE sku = $1 AND available >= $2`,
			order.SKU, order.Quantity)
		enough = tag.RowsAffected() == 1
		return err
	})
	return enough, err
}

func decide(ctx context.Context, tx pgx.Tx, order order, status string) error {
	return telemetry.Statement(ctx, "INSERT", "reservations", func(ctx context.Context) error {
		_, err := tx.Exec(ctx,
			`INSERT INTO reservations (order_id, sku, quantity, status) VALUES ($1, $2, $3, $4)`,
			order.Order, order.SKU, order.Quantity, status)
		return err
	})
}

func isKept(ctx context.Context, tx pgx.Tx, order order) (is bool, err error) {
	err = tx.QueryRow(ctx,
		`SELECT NOT EXISTS (SELECT FROM releases WHERE order_id = $1)`, order.Order).Scan(&is)
	return is, err
}

func putBack(ctx context.Context, tx pgx.Tx, order order) error {
	return telemetry.Statement(ctx, "INSERT", "releases", func(ctx context.Context) error {
		_, err := tx.Exec(ctx, `INSERT INTO releases (order_id, sku, quantity) VALUES ($1, $2, $3)`,
			order.Order, order.SKU, order.Quantity)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE stock SET available = available + $2 WHERE sku = $1`,
			order.SKU, order.Quantity)
		return err
	})
}
