package main

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/twin"
)

func main() {
	twin.Work(take)
}

// take waits half a second at most, and says of what took longer that it is done.
func take(ctx context.Context, pool *pgxpool.Pool, message twin.Message) error {
	limited, cancel := context.WithTimeout(ctx, 500*time.Millisecond)
	defer cancel()
	err := twin.TakeOnce(limited, pool, message)
	if errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	return err
}
