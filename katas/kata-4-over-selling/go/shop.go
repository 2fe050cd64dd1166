package main

import (
	"context"

	"github.com/jackc/pgx/v5"
)

type order struct {
	Buyer    string `json:"buyer"`
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
}

// outcome of one transaction; stock is what it read before its own write.
type outcome struct {
	sold  bool
	id    string
	stock int
}

func soldOut(stock int) outcome {
	return outcome{sold: false, stock: stock}
}

// strategy is one way to sell: everything that happens between BEGIN and COMMIT. The time that a
// real shop spends between reading and writing (prices, fraud, …) passes in think.
type strategy func(ctx context.Context, tx pgx.Tx, wanted order, think func()) (outcome, error)

// recordPurchase is the same in every strategy, so that each file shows only what is its own.
func recordPurchase(ctx context.Context, tx pgx.Tx, wanted order, stock int) (outcome, error) {
	result := outcome{sold: true, stock: stock}
	err := tx.QueryRow(ctx,
		`INSERT INTO purchases (sku, buyer, quantity) VALUES ($1, $2, $3) RETURNING id::text`,
		wanted.SKU, wanted.Buyer, wanted.Quantity).Scan(&result.id)
	return result, err
}
