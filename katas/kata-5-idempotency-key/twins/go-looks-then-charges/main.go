// Command pay looks for the key without holding anything: two at once both charge.
package main

import (
	"context"

	"github.com/jackc/pgx/v5"

	"plan-lab/twin"
)

func main() {
	twin.Serve(`SELECT 1`, func(ctx context.Context, till twin.Till, payment twin.Payment) (answer twin.Answer, err error) {
		err = pgx.BeginFunc(ctx, till.Pool, func(tx pgx.Tx) error {
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
