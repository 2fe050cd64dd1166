package main

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/jackc/pgx/v5/pgxpool"
)

type order struct {
	Order    string `json:"order"`
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
}

func readOrder(body []byte) (read order, err error) {
	if err := json.Unmarshal(body, &read); err != nil {
		return read, err
	}
	if read.Order == "" || read.SKU == "" || read.Quantity < 1 {
		return read, errors.New("the body is no order")
	}
	return read, nil
}

const insert = `INSERT INTO orders (id, sku, quantity, request_id) VALUES ($1, $2, $3, $4)
  ON CONFLICT (id) DO NOTHING`

// store: a message may come twice, and what is there already is done.
func store(ctx context.Context, pool *pgxpool.Pool, order order, requestID *string) error {
	_, err := pool.Exec(ctx, insert, order.Order, order.SKU, order.Quantity, requestID)
	return err
}
