package main

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/twin"
)

func main() {
	twin.Work(take)
}

// take marks the message and charges in two transactions; where the second fails, the mark stays.
func take(ctx context.Context, pool *pgxpool.Pool, message twin.Message) error {
	isNew, err := twin.Mark(ctx, pool, message.MessageId)
	if err != nil || !isNew {
		return err
	}
	return twin.Charge(ctx, pool, message.Payment)
}
