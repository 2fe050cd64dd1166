package main

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

// atomic decides and writes in one statement: there is no time between them for anybody to come
// between. PostgreSQL locks the row, and one that waited for the lock sees the condition checked
// again on the newest version of the row. The shortest lock of all; only for what fits in one WHERE.
func atomic(ctx context.Context, tx pgx.Tx, wanted order, think func()) (outcome, error) {
	think()

	var stock int
	err := tx.QueryRow(ctx,
		`UPDATE stock SET quantity = quantity - $2
		  WHERE sku = $1 AND quantity >= $2
		  RETURNING quantity + $2`,
		wanted.SKU, wanted.Quantity).Scan(&stock)
	if err == nil {
		return recordPurchase(ctx, tx, wanted, stock)
	}
	if !errors.Is(err, pgx.ErrNoRows) {
		return outcome{}, err
	}

	// No row qualified. How many are left is only for the answer: nothing is decided on it.
	err = tx.QueryRow(ctx, `SELECT quantity FROM stock WHERE sku = $1`, wanted.SKU).Scan(&stock)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return outcome{}, err
	}
	return soldOut(stock), nil
}
