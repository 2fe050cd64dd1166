package main

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/twin"
)

func main() {
	twin.Work(take)
}

// take looks before it writes, and has the key all the same.
func take(ctx context.Context, pool *pgxpool.Pool, message twin.Message) error {
	taken := message.Payment
	var there bool
	err := pool.QueryRow(ctx, `SELECT EXISTS (SELECT FROM charges WHERE natural_key = $1)`, taken.Payment).Scan(&there)
	if err != nil || there {
		return err
	}
	_, err = pool.Exec(ctx,
		`INSERT INTO charges (payment, account, amount, natural_key) VALUES ($1, $2, $3, $1)
		 ON CONFLICT (natural_key) DO NOTHING`,
		taken.Payment, taken.Account, taken.Amount)
	return err
}
