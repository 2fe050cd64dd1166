package main

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// checkThenInsert looks whether the key is there; if not, it charges and writes it down. One after
// the other this is right, crashes included, because charge and key are one transaction. Two at
// once both look before either has written, and both charge.
func (k keyring) checkThenInsert(ctx context.Context, wanted payment) (final, error) {
	return k.inTransaction(ctx, func(tx pgx.Tx) (final, error) {
		found, err := k.find(ctx, tx, wanted)
		if err != nil {
			return final{}, err
		}
		if found != nil {
			return found.replay(wanted), nil
		}

		done, err := charge(ctx, tx, wanted)
		if err != nil {
			return final{}, err
		}
		_, err = tx.Exec(ctx,
			`INSERT INTO idempotency_keys (client, key, fingerprint, status, body)
			 VALUES ($1, $2, $3, $4, $5)`,
			wanted.client, wanted.key, wanted.fingerprint(), done.status, string(done.body))
		return done, err
	})
}
