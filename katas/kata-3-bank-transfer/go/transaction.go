package main

import (
	"context"

	"github.com/jackc/pgx/v5"

	"plan-lab/kit/postgres"
)

// transaction runs the same statements between BEGIN and COMMIT: all of them take effect, or none.
// Until COMMIT nobody else sees any of it, and a connection that breaks rolls it back. Two transfers
// in opposite directions can each hold the row that the other waits for: a deadlock, which
// PostgreSQL ends by refusing one of the two (40P01), and that one has to begin again.
func transaction(ctx context.Context, b bank, wanted transfer) (result outcome, err error) {
	err = postgres.InTransaction(ctx, b.pool, b.isolation, func(tx pgx.Tx) (err error) {
		result, err = move(ctx, tx, b.think, wanted)
		return err
	})
	return result, err
}
