package main

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
)

// naive takes the payment; then it is acknowledged. Nothing is lost that way, but between the two
// lies a moment: whoever crashes in it, or whose acknowledgement never arrives, gets the message
// again, and charges again. A copy that the publisher sent to be sure is charged, too.
func naive(ctx context.Context, pool *pgxpool.Pool, received message) error {
	return charge(ctx, pool, received.payment)
}
