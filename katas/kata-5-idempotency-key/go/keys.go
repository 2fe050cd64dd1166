package main

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/jackc/pgx/v5"

	"plan-lab/kit/postgres"
)

// inTransaction commits what work did, or rolls all of it back when work fails.
func (k keyring) inTransaction(ctx context.Context, work func(pgx.Tx) (final, error)) (done final, err error) {
	err = postgres.InTransaction(ctx, k.pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
		done, err = work(tx)
		return err
	})
	return done, err
}

// oneRowAKey is the one line that unique-key and stored-response have and check-then-insert has not.
func (k keyring) oneRowAKey(ctx context.Context) error {
	_, err := k.pool.Exec(ctx,
		`CREATE UNIQUE INDEX IF NOT EXISTS one_row_a_key ON idempotency_keys (client, key)`)
	return err
}

// claim writes the key before anything else. PostgreSQL lets one transaction do so: another one with
// the same key waits here until the first is over. A key that has expired begins anew. It is false
// where the key was there already.
func (k keyring) claim(ctx context.Context, tx pgx.Tx, wanted payment) (bool, error) {
	done, err := tx.Exec(ctx,
		`INSERT INTO idempotency_keys AS k (client, key, fingerprint) VALUES ($1, $2, $3)
		 ON CONFLICT (client, key) DO UPDATE
		   SET fingerprint = excluded.fingerprint, status = NULL, body = NULL,
		       created_at = excluded.created_at
		   WHERE k.created_at <= clock_timestamp() - $4 * interval '1 millisecond'`,
		wanted.client, wanted.key, wanted.fingerprint(), k.ttl.Milliseconds())
	return done.RowsAffected() == 1, err
}

type stored struct {
	fingerprint string
	status      *int
	body        *string
}

// find gives the oldest row of the key that has not expired, and nil where there is none.
func (k keyring) find(ctx context.Context, tx pgx.Tx, wanted payment) (*stored, error) {
	var found stored
	err := tx.QueryRow(ctx,
		`SELECT fingerprint, status, body FROM idempotency_keys
		  WHERE client = $1 AND key = $2
		    AND created_at > clock_timestamp() - $3 * interval '1 millisecond'
		  ORDER BY created_at LIMIT 1`,
		wanted.client, wanted.key, k.ttl.Milliseconds()).
		Scan(&found.fingerprint, &found.status, &found.body)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return &found, err
}

// replay is the answer that the first request had, status and body, whatever happened since.
func (s *stored) replay(wanted payment) final {
	if s.fingerprint != wanted.fingerprint() {
		return otherPayload()
	}
	return final{*s.status, json.RawMessage(*s.body)}
}
