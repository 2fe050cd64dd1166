package main

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/twin"
)

func main() {
	twin.Work(take)
}

// take is the kata's own failure.
func take(ctx context.Context, pool *pgxpool.Pool, message twin.Message) error {
	return twin.Charge(ctx, pool, message.Payment)
}
