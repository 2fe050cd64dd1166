package main

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit/postgres"
	"plan-lab/twin"
)

func main() {
	twin.Serve(sell)
}

// sell reads, decides and writes at read committed: the kata's own failure.
func sell(ctx context.Context, pool *pgxpool.Pool, wanted twin.Order) (twin.Answer, error) {
	var id string
	var stock int
	err := postgres.InTransaction(ctx, pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
		err := tx.QueryRow(ctx, `SELECT quantity FROM stock WHERE sku = $1`, wanted.SKU).Scan(&stock)
		if err != nil || stock < wanted.Quantity {
			return err
		}
		time.Sleep(5 * time.Millisecond)
		_, err = tx.Exec(ctx, `UPDATE stock SET quantity = $2 WHERE sku = $1`, wanted.SKU, stock-wanted.Quantity)
		if err != nil {
			return err
		}
		return tx.QueryRow(ctx,
			`INSERT INTO purchases (sku, buyer, quantity) VALUES ($1, $2, $3) RETURNING id::text`,
			wanted.SKU, wanted.Buyer, wanted.Quantity).Scan(&id)
	})
	if err != nil {
		return twin.Answer{}, err
	}
	if id == "" {
		return twin.SoldOut(0), nil
	}
	return twin.Sold(id, stock), nil
}
