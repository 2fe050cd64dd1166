package main

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

// naive reads, decides, writes. Alone it is right. Under read committed two buyers may read the
// same stock, decide on it, and write the same difference: one of the two updates is lost, both
// are sold.
func naive(ctx context.Context, tx pgx.Tx, wanted order, think func()) (outcome, error) {
	var stock int
	err := tx.QueryRow(ctx, `SELECT quantity FROM stock WHERE sku = $1`, wanted.SKU).Scan(&stock)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return outcome{}, err
	}
	if stock < wanted.Quantity {
		return soldOut(stock), nil
	}

	think()

	// What was read is old by now. Repeatable read and serializable refuse this write with 40001
	// when somebody else wrote the row since; read committed overwrites what they wrote.
	_, err = tx.Exec(ctx, `UPDATE stock SET quantity = $2 WHERE sku = $1`,
		wanted.SKU, stock-wanted.Quantity)
	if err != nil {
		return outcome{}, err
	}
	return recordPurchase(ctx, tx, wanted, stock)
}
