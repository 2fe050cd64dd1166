package main

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit/postgres"
	"plan-lab/kit/telemetry/bus"
)

// happy is what most write first. On calm days there is nothing wrong with it: nobody undoes anything,
// nothing comes twice, and nobody dies between the commit and the message.
type happy struct {
	pool *pgxpool.Pool
	bus  *bus.Hopeful
}

func (h happy) reserve(ctx context.Context, order order) error {
	fact := ""
	err := postgres.InTransaction(ctx, h.pool, pgx.ReadCommitted, func(tx pgx.Tx) (err error) {
		fact, err = reserve(ctx, tx, order)
		return err
	})
	if err != nil {
		return err
	}
	return h.bus.Publish(ctx, "events", fact, order.Order, order)
}
