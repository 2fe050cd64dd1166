package main

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/twin"
)

// Every statement on its own: the kata's own failure, in somebody else's program.
func main() {
	twin.Serve(func(ctx context.Context, pool *pgxpool.Pool, wanted twin.Transfer) (twin.Status, error) {
		return twin.Honest().Move(ctx, pool, wanted)
	}, true)
}
