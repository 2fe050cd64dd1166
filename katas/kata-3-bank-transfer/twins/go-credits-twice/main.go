package main

import (
	"context"

	"plan-lab/twin"
)

// Adds the amount to the payee twice.
func main() {
	steps := twin.Honest()
	steps.Credit = func(ctx context.Context, db twin.Queries, wanted twin.Transfer) error {
		wanted.Amount *= 2
		return twin.Credit(ctx, db, wanted)
	}
	twin.Serve(steps.InTransaction, true)
}
