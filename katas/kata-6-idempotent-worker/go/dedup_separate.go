package main

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// markFirst runs the right two statements, each in a transaction of its own. Whoever crashes
// between them has marked a payment that was never taken: the next delivery is taken for a copy,
// and it is lost.
func markFirst(ctx context.Context, pool *pgxpool.Pool, received message) error {
	isNew, err := markAsSeen(ctx, pool, received.id)
	if err != nil || !isNew {
		return err
	}
	return charge(ctx, pool, received.payment)
}

// effectFirst is the other order: a crash in between leaves a charge without a mark, and it is
// charged again.
func effectFirst(ctx context.Context, pool *pgxpool.Pool, received message) error {
	seen, err := wasSeen(ctx, pool, received.id)
	if err != nil || seen {
		return err
	}
	if err := charge(ctx, pool, received.payment); err != nil {
		return err
	}
	_, err = markAsSeen(ctx, pool, received.id)
	return err
}

func wasSeen(ctx context.Context, pool *pgxpool.Pool, id string) (bool, error) {
	var one int
	err := pool.QueryRow(ctx, `SELECT 1 FROM inbox WHERE message_id = $1`, id).Scan(&one)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}
