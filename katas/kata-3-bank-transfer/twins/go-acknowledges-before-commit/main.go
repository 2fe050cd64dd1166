package main

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/twin"
)

type told struct {
	status twin.Status
	err    error
}

// Answers once the debit is done; credit, record and COMMIT come when they come.
func main() {
	twin.Serve(func(ctx context.Context, pool *pgxpool.Pool, wanted twin.Transfer) (twin.Status, error) {
		answer := make(chan told, 2)
		steps := twin.Honest()
		steps.BeforeCredit = func() { answer <- told{twin.Done, nil} }
		go func() {
			status, err := steps.InTransaction(ctx, pool, wanted)
			answer <- told{status, err}
		}()
		first := <-answer
		return first.status, first.err
	}, true)
}
