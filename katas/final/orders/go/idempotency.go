package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit/postgres"
	"plan-lab/kit/telemetry"
)

var errOtherOrder = errors.New("this key is of another order")

// prepareKeys: two processes may begin at once.
func prepareKeys(ctx context.Context, pool *pgxpool.Pool) error {
	return postgres.InTransaction(ctx, pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(1)`); err != nil {
			return err
		}
		_, err := tx.Exec(ctx,
			`CREATE UNIQUE INDEX IF NOT EXISTS one_order_a_key ON idempotency_keys (client, key)`)
		return err
	})
}

// taking takes each order once.
type taking struct {
	pool *pgxpool.Pool
	// committed: there may be something to publish.
	committed func()
}

// once: the key belongs to the order in the transaction that takes it. Who asks at the same moment waits
// for that, and after a crash either both are there or neither.
func (t *taking) once(ctx context.Context, wanted request) (id string, err error) {
	fresh := uuid.NewString()
	err = postgres.InTransaction(ctx, t.pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
		if id, err = orderOfKey(ctx, tx, wanted, fresh); err != nil || id != fresh {
			return err
		}
		message := told{Order: id, asked: wanted.asked}
		if err := store(ctx, tx, message, wanted.client); err != nil {
			return err
		}
		return begin(ctx, tx, message)
	})
	t.committed()
	return id, err
}

// orderOfKey is the order that the key stands for: the fresh one, where nobody has used it before.
func orderOfKey(ctx context.Context, tx pgx.Tx, wanted request, fresh string) (id string, err error) {
	print := fingerprintOf(wanted.asked)
	isNew, err := changes(ctx, tx, "INSERT", "idempotency_keys",
		`INSERT INTO idempotency_keys (client, key, fingerprint, order_id) VALUES ($1, $2, $3, $4)
		 ON CONFLICT DO NOTHING`, wanted.client, wanted.key, print, fresh)
	if err != nil || isNew {
		return fresh, err
	}
	var before string
	err = telemetry.Statement(ctx, "SELECT", "idempotency_keys", func(ctx context.Context) error {
		return tx.QueryRow(ctx, `SELECT fingerprint, order_id FROM idempotency_keys WHERE client = $1 AND key = $2`,
			wanted.client, wanted.key).Scan(&before, &id)
	})
	if err == nil && before != print {
		return "", errOtherOrder
	}
	return id, err
}

// fingerprintOf is of the order itself, however it was written.
func fingerprintOf(asked asked) string {
	// Texts and numbers always can be written.
	text, _ := json.Marshal(asked)
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
