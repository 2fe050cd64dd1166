package main

import (
	"context"
	"errors"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit/postgres"
	"plan-lab/twin"
)

func main() {
	twin.Serve(sell)
}

// One shop, one counter: whoever wants to buy waits here and not at the database.
var counter sync.Mutex

// sell holds the mutex for the whole transaction; the row is locked too, for the warehouse's sake.
func sell(ctx context.Context, pool *pgxpool.Pool, wanted twin.Order) (twin.Answer, error) {
	counter.Lock()
	defer counter.Unlock()
	var id string
	var stock int
	err := postgres.InTransaction(ctx, pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
		err := tx.QueryRow(ctx, `SELECT quantity FROM stock WHERE sku = $1 FOR UPDATE`, wanted.SKU).Scan(&stock)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		if err != nil || stock < wanted.Quantity {
			return err
		}
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
		return twin.SoldOut(stock), nil
	}
	return twin.Sold(id, stock), nil
}
