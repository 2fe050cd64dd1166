// Command pay commits "in progress" before it charges, and takes it away when the charge fails.
// Nobody takes it away when the program is killed.
package main

import (
	"context"

	"github.com/jackc/pgx/v5"

	"plan-lab/twin"
)

const index = `CREATE UNIQUE INDEX IF NOT EXISTS k ON idempotency_keys (client, key)`

func main() {
	twin.Serve(index, func(ctx context.Context, till twin.Till, payment twin.Payment) (answer twin.Answer, err error) {
		claimed, err := till.Pool.Exec(ctx,
			`INSERT INTO idempotency_keys AS k (client, key, fingerprint) VALUES ($1, $2, $3)
			 ON CONFLICT (client, key) DO UPDATE SET status = NULL, created_at = excluded.created_at
			   WHERE k.created_at <= clock_timestamp() - $4 * interval '1 ms'`,
			payment.Client, payment.Key, payment.Fingerprint(), till.TTL.Milliseconds())
		if err != nil {
			return answer, err
		}
		if claimed.RowsAffected() == 0 {
			answer, _, err = till.Find(ctx, till.Pool, payment)
			return answer, err
		}
		err = pgx.BeginFunc(ctx, till.Pool, func(tx pgx.Tx) error {
			if answer, err = twin.Charge(ctx, tx, payment); err != nil {
				return err
			}
			_, err = tx.Exec(ctx,
				`UPDATE idempotency_keys SET status = $3, body = $4 WHERE client = $1 AND key = $2`,
				payment.Client, payment.Key, answer.Status, string(answer.Body))
			return err
		})
		if err != nil {
			_, _ = till.Pool.Exec(ctx, `DELETE FROM idempotency_keys WHERE client = $1 AND key = $2`,
				payment.Client, payment.Key)
		}
		return answer, err
	})
}
