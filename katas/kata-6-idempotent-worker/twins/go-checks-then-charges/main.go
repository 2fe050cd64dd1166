package main

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/twin"
)

func main() {
	twin.Work(take)
}

// take looks whether the message was there, and then charges: two workers look at the same moment.
func take(ctx context.Context, pool *pgxpool.Pool, message twin.Message) error {
	var there bool
	err := pool.QueryRow(ctx, `SELECT EXISTS (SELECT FROM charges WHERE payment = $1)`, message.Payment.Payment).Scan(&there)
	if err != nil || there {
		return err
	}
	return twin.Charge(ctx, pool, message.Payment)
}
