package main

import "context"

// noTransaction makes every statement a transaction of its own. Between the debit and the credit
// the money is nowhere: whoever reads the accounts then misses it, and a crash then leaves it
// missing for good.
func noTransaction(ctx context.Context, b bank, wanted transfer) (outcome, error) {
	return move(ctx, b.pool, b.think, wanted)
}
