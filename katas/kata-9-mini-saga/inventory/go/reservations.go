package main

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

type reservation struct {
	sku      string
	quantity int
	status   string
}

// reserve takes the quantity off the stock, if there is as much; once an order, whatever is asked
// again.
func reserve(ctx context.Context, tx pgx.Tx, message told) (status string, err error) {
	before, err := decided(ctx, tx, message.Order)
	// Also CANCELLED: the release was here first, and then nothing is kept for this order any more.
	if err != nil || before != nil {
		return statusOf(before), err
	}
	tag, err := tx.Exec(ctx,
		`UPDATE stock SET available = available - $2 WHERE sku = $1 AND available >= $2`,
		message.SKU, message.Quantity)
	if err != nil {
		return "", err
	}
	status, fact := "REJECTED", "StockRejected"
	if tag.RowsAffected() == 1 {
		status, fact = "RESERVED", "StockReserved"
	}
	if err := decide(ctx, tx, message, status); err != nil {
		return "", err
	}
	return status, tell(ctx, tx, fact, message)
}

// release is the compensation: it puts back what stands, and remembers where it came before its step.
func release(ctx context.Context, tx pgx.Tx, message told) error {
	before, err := decided(ctx, tx, message.Order)
	if err != nil {
		return err
	}
	if before == nil {
		return decide(ctx, tx, message, "CANCELLED")
	}
	released, err := isReleased(ctx, tx, message.Order)
	if err != nil || released || before.status != "RESERVED" {
		return err
	}
	if _, err := tx.Exec(ctx, `INSERT INTO releases (order_id, sku, quantity) VALUES ($1, $2, $3)`,
		message.Order, before.sku, before.quantity); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE stock SET available = available + $2 WHERE sku = $1`,
		before.sku, before.quantity); err != nil {
		return err
	}
	return tell(ctx, tx, "StockReleased", message)
}

// decided is nil where nothing is.
func decided(ctx context.Context, tx pgx.Tx, order string) (*reservation, error) {
	var found reservation
	err := tx.QueryRow(ctx, `SELECT sku, quantity, status FROM reservations WHERE order_id = $1`, order).
		Scan(&found.sku, &found.quantity, &found.status)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return &found, err
}

func statusOf(found *reservation) string {
	if found == nil {
		return ""
	}
	return found.status
}

func decide(ctx context.Context, tx pgx.Tx, message told, status string) error {
	_, err := tx.Exec(ctx,
		`INSERT INTO reservations (order_id, sku, quantity, status) VALUES ($1, $2, $3, $4)`,
		message.Order, message.SKU, message.Quantity, status)
	return err
}

func isReleased(ctx context.Context, tx pgx.Tx, order string) (is bool, err error) {
	err = tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM releases WHERE order_id = $1)`, order).Scan(&is)
	return is, err
}
