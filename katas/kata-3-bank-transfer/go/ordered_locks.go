package main

import (
	"context"

	"github.com/jackc/pgx/v5"

	"plan-lab/kit/postgres"
)

// orderedLocks locks both accounts before anything else, always in the order of their ids. Whoever
// comes in the opposite direction asks for the same row first, and waits with empty hands: no
// deadlock.
func orderedLocks(ctx context.Context, b bank, wanted transfer) (result outcome, err error) {
	err = postgres.InTransaction(ctx, b.pool, b.isolation, func(tx pgx.Tx) (err error) {
		_, err = tx.Exec(ctx, `SELECT id FROM accounts WHERE id IN ($1, $2) ORDER BY id FOR UPDATE`,
			wanted.From, wanted.To)
		if err != nil {
			return err
		}
		result, err = move(ctx, tx, b.think, wanted)
		return err
	})
	return result, err
}
