package main

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit/postgres"
)

// dedupTable is the inbox: that the message was seen and what it did are written in one
// transaction, so that there is no moment in which one is true and the other is not. A second
// delivery at the same time waits for the first at the primary key of the inbox, and then finds
// its row.
func dedupTable(ctx context.Context, pool *pgxpool.Pool, received message) error {
	return postgres.InTransaction(ctx, pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
		isNew, err := markAsSeen(ctx, tx, received.id)
		if err != nil || !isNew {
			return err
		}
		return charge(ctx, tx, received.payment)
	})
}
