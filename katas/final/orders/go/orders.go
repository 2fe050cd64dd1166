package main

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit/telemetry"
	"plan-lab/kit/telemetry/bus"
)

const (
	pending   = "PENDING"
	confirmed = "CONFIRMED"
	rejected  = "REJECTED"
)

// order is as a client sees it.
type order struct {
	ID       string  `json:"id"`
	Status   string  `json:"status"`
	Reason   *string `json:"reason,omitempty"`
	Tracking *string `json:"tracking,omitempty"`
}

// store also tells of it.
func store(ctx context.Context, tx pgx.Tx, of told, client string) error {
	if err := insert(ctx, tx, of, client); err != nil {
		return err
	}
	return bus.Tell(ctx, tx, "OrderCreated", of.Order, of)
}

func insert(ctx context.Context, tx pgx.Tx, of told, client string) error {
	_, err := changes(ctx, tx, "INSERT", "orders",
		`INSERT INTO orders (id, client, customer, sku, quantity, amount, address, request_id, status)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, nullif($8, ''), $9)`,
		of.Order, client, of.Customer, of.SKU, of.Quantity, of.Amount, of.Address,
		telemetry.RequestIDIn(ctx), pending)
	return err
}

// confirm and reject: only what is pending ends, so that a final state is never left.
func confirm(ctx context.Context, tx pgx.Tx, of told, _ string) error {
	isNew, err := ends(ctx, tx, of.Order, confirmed, "", of.Tracking)
	if err != nil || !isNew {
		return err
	}
	return bus.Tell(ctx, tx, "OrderConfirmed", of.Order, of.asPlaced())
}

func reject(ctx context.Context, tx pgx.Tx, of told, reason string) error {
	isNew, err := ends(ctx, tx, of.Order, rejected, reason, "")
	if err != nil || !isNew {
		return err
	}
	fact := of.asPlaced()
	fact.Reason = reason
	return bus.Tell(ctx, tx, "OrderRejected", of.Order, fact)
}

func ends(ctx context.Context, tx pgx.Tx, id, status, reason, tracking string) (isNew bool, err error) {
	return changes(ctx, tx, "UPDATE", "orders",
		`UPDATE orders SET status = $2, reason = nullif($3, ''), tracking = nullif($4, '')
		  WHERE id = $1 AND status = 'PENDING'`, id, status, reason, tracking)
}

// find is nil where there is none.
func find(ctx context.Context, pool *pgxpool.Pool, id string) (*order, error) {
	if !isText(id) {
		return nil, nil
	}
	found := order{ID: id}
	err := pool.QueryRow(ctx, `SELECT status, reason, tracking FROM orders WHERE id = $1`, id).
		Scan(&found.Status, &found.Reason, &found.Tracking)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return &found, err
}

// changes tells whether the statement has changed its row.
func changes(ctx context.Context, tx pgx.Tx, operation, table, text string, values ...any) (is bool, err error) {
	err = telemetry.Statement(ctx, operation, table, func(ctx context.Context) error {
		tag, err := tx.Exec(ctx, text, values...)
		is = tag.RowsAffected() == 1
		return err
	})
	return is, err
}
