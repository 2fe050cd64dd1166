package main

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// storedResponse makes key, charge and answer one transaction: after a crash either all three are
// there or none is, so the retry is either told what was stored or does the work that never happened.
func (k keyring) storedResponse(ctx context.Context, wanted payment) (final, error) {
	return k.inTransaction(ctx, func(tx pgx.Tx) (final, error) {
		locked, err := lock(ctx, tx, wanted)
		if err != nil {
			return final{}, err
		}
		if !locked {
			return inProgress(), nil
		}
		claimed, err := k.claim(ctx, tx, wanted)
		if err != nil {
			return final{}, err
		}
		if !claimed {
			found, err := k.find(ctx, tx, wanted)
			// Expired between the two statements: the next request finds a new key.
			if err != nil || found == nil {
				return inProgress(), err
			}
			return found.replay(wanted), nil
		}

		done, err := charge(ctx, tx, wanted)
		if err != nil {
			return final{}, err
		}
		_, err = tx.Exec(ctx,
			`UPDATE idempotency_keys SET status = $3, body = $4 WHERE client = $1 AND key = $2`,
			wanted.client, wanted.key, done.status, string(done.body))
		return done, err
	})
}

// lock does not wait. The unique index would make a second request wait for the first; with this
// lock it learns at once that the first is still at work. PostgreSQL lets go of it when the
// transaction ends, also when its client has crashed: nobody is told "in progress" about a dead
// request.
func lock(ctx context.Context, tx pgx.Tx, wanted payment) (locked bool, err error) {
	name := fmt.Sprintf("%q %q", wanted.client, wanted.key)
	err = tx.QueryRow(ctx, `SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))`, name).Scan(&locked)
	return locked, err
}
