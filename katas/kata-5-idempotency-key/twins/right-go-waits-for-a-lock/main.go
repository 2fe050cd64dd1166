// Command pay lets the requests with one key in one after the other: each waits for a lock that
// PostgreSQL lets go of when the transaction before it ends.
package main

import (
	"context"

	"github.com/jackc/pgx/v5"

	"plan-lab/twin"
)

func main() {
	twin.Serve(`SELECT 1`, func(ctx context.Context, till twin.Till, payment twin.Payment) (answer twin.Answer, err error) {
		err = pgx.BeginFunc(ctx, till.Pool, func(tx pgx.Tx) error {
			name := payment.Client + " " + payment.Key
			if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtext($1))`, name); err != nil {
				return err
			}
			var found bool
			if answer, found, err = till.Find(ctx, tx, payment); err != nil || found {
				return err
			}
			if answer, err = twin.Charge(ctx, tx, payment); err != nil {
				return err
			}
			return twin.Store(ctx, tx, payment, answer)
		})
		return answer, err
	})
}
