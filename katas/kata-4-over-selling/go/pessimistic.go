package main

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

// pessimistic locks the row before deciding on it. Buyers of the same product stand in line at
// FOR UPDATE, each reads what the one before left, and at read committed nothing needs a retry. From
// repeatable read on it does: who waited finds the row newer than its snapshot, and PostgreSQL refuses
// it (40001). The price: one at a time, think time included, and the connections of those who wait.
func pessimistic(ctx context.Context, tx pgx.Tx, wanted order, think func()) (outcome, error) {
	var stock int
	err := tx.QueryRow(ctx, `SELECT quantity FROM stock WHERE sku = $1 FOR UPDATE`,
		wanted.SKU).Scan(&stock)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return outcome{}, err
	}
	if stock < wanted.Quantity {
		return soldOut(stock), nil
	}

	think()

	// Nobody can have changed the row: the lock is ours until COMMIT.
	_, err = tx.Exec(ctx, `UPDATE stock SET quantity = $2 WHERE sku = $1`,
		wanted.SKU, stock-wanted.Quantity)
	if err != nil {
		return outcome{}, err
	}
	return recordPurchase(ctx, tx, wanted, stock)
}
