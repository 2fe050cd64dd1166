package main

import (
	"context"
	"errors"
	"strconv"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/twin"
)

func main() {
	twin.Serve(sell)
}

var sales int64

// sell takes the unit and says 201, but no purchase is ever written.
func sell(ctx context.Context, pool *pgxpool.Pool, wanted twin.Order) (twin.Answer, error) {
	var stock int
	err := pool.QueryRow(ctx,
		`UPDATE stock SET quantity = quantity - $2 WHERE sku = $1 AND quantity >= $2
		  RETURNING quantity + $2`, wanted.SKU, wanted.Quantity).Scan(&stock)
	if errors.Is(err, pgx.ErrNoRows) {
		return twin.SoldOut(0), nil
	}
	if err != nil {
		return twin.Answer{}, err
	}
	return twin.Sold(strconv.FormatInt(atomic.AddInt64(&sales, 1), 10), stock), nil
}
