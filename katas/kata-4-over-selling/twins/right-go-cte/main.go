package main

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/twin"
)

func main() {
	twin.Serve(sell)
}

// sell does everything in one statement, which is a transaction of its own.
func sell(ctx context.Context, pool *pgxpool.Pool, wanted twin.Order) (twin.Answer, error) {
	var id string
	var stock int
	err := pool.QueryRow(ctx,
		`WITH taken AS (
		   UPDATE stock SET quantity = quantity - $3 WHERE sku = $2 AND quantity >= $3
		   RETURNING quantity + $3 AS stock
		 ), booked AS (
		   INSERT INTO purchases (buyer, sku, quantity) SELECT $1, $2, $3 FROM taken RETURNING id::text
		 )
		 SELECT id, stock FROM booked, taken`,
		wanted.Buyer, wanted.SKU, wanted.Quantity).Scan(&id, &stock)
	if errors.Is(err, pgx.ErrNoRows) {
		err = pool.QueryRow(ctx,
			`SELECT coalesce(sum(quantity), 0)::int FROM stock WHERE sku = $1`, wanted.SKU).Scan(&stock)
		return twin.SoldOut(stock), err
	}
	if err != nil {
		return twin.Answer{}, err
	}
	return twin.Sold(id, stock), nil
}
