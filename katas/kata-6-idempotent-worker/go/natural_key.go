package main

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
)

// naturalKey needs no table of messages: the effect itself can exist only once, because a payment
// has an id of its own and the database holds it unique. The shortest cure, where the effect has
// such a key.
func naturalKey(ctx context.Context, pool *pgxpool.Pool, received message) error {
	taken := received.payment
	_, err := pool.Exec(ctx,
		`INSERT INTO charges (payment, account, amount, natural_key) VALUES ($1, $2, $3, $1)
		 ON CONFLICT (natural_key) DO NOTHING`,
		taken.Payment, taken.Account, taken.Amount)
	return err
}
