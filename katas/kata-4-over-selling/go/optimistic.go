package main

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"plan-lab/kit/postgres"
)

// optimistic locks nothing, but writes only if the row is still the one that was read: every
// writer adds one to its version. Who comes second finds the version changed, changes nothing, and
// starts over from the read. Good while conflicts are rare; under contention work is thrown away.
func optimistic(ctx context.Context, tx pgx.Tx, wanted order, think func()) (outcome, error) {
	var stock, version int
	err := tx.QueryRow(ctx, `SELECT quantity, version FROM stock WHERE sku = $1`,
		wanted.SKU).Scan(&stock, &version)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return outcome{}, err
	}
	if stock < wanted.Quantity {
		return soldOut(stock), nil
	}

	think()

	// A version protects only from those who keep it. Who writes without knowing of versions (here
	// the warehouse, when it restocks) is not overwritten, since the quantity is subtracted rather
	// than set; and one who takes some out cannot make it negative, since that is asked again.
	changed, err := tx.Exec(ctx,
		`UPDATE stock SET quantity = quantity - $3, version = version + 1
		  WHERE sku = $1 AND version = $2 AND quantity >= $3`,
		wanted.SKU, version, wanted.Quantity)
	if err != nil {
		return outcome{}, err
	}
	if changed.RowsAffected() == 0 {
		return outcome{}, postgres.ErrConflict
	}
	return recordPurchase(ctx, tx, wanted, stock)
}
