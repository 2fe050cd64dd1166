package main

import (
	"context"
	"errors"
	"log"
	"os"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/twin"
)

type table struct{ pool *pgxpool.Pool }

func main() {
	pool, err := pgxpool.New(context.Background(), os.Getenv("DATABASE_URL"))
	if err != nil {
		log.Fatal(err)
	}
	twin.Serve(table{pool})
}

func (t table) Place(order twin.Order) (kept twin.Order, err error) {
	err = t.pool.QueryRow(context.Background(),
		`INSERT INTO orders (id, item) SELECT $1::text, $2::text
		 ON CONFLICT (id) DO UPDATE SET item = orders.item RETURNING id, item`,
		order.ID, order.Item).Scan(&kept.ID, &kept.Item)
	return kept, err
}

func (t table) Find(id string) (order twin.Order, exists bool, err error) {
	err = t.pool.QueryRow(context.Background(), `SELECT id, item FROM orders WHERE id = $1`, id).
		Scan(&order.ID, &order.Item)
	if errors.Is(err, pgx.ErrNoRows) {
		return order, false, nil
	}
	return order, err == nil, err
}
