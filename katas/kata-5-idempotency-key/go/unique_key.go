package main

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// uniqueKey writes the key first, under a unique index, then charges, in one transaction: nobody
// pays twice. But what the first request was told is not kept. Whoever lost that answer, which is
// why clients ask again, hears that the key was used, and never what became of the payment.
func (k keyring) uniqueKey(ctx context.Context, wanted payment) (final, error) {
	return k.inTransaction(ctx, func(tx pgx.Tx) (final, error) {
		claimed, err := k.claim(ctx, tx, wanted)
		if err != nil {
			return final{}, err
		}
		if claimed {
			return charge(ctx, tx, wanted)
		}
		found, err := k.find(ctx, tx, wanted)
		if err != nil {
			return final{}, err
		}
		if found != nil && found.fingerprint != wanted.fingerprint() {
			return otherPayload(), nil
		}
		return alreadyUsed(), nil
	})
}
