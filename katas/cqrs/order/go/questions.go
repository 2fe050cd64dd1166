package main

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

type shown struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
	Status  string `json:"status"`
	Amount  int    `json:"amount"`
}

type listed struct {
	Customer string  `json:"customer"`
	Orders   []shown `json:"orders"`
	AgeMs    int     `json:"ageMs"`
}

type summary struct {
	Orders int `json:"orders"`
	Total  int `json:"total"`
}

type summed struct {
	Customer string `json:"customer"`
	summary
	AgeMs int `json:"ageMs"`
}

// ordersOf: nothing here is made for questions, so the database looks through every order there is.
func ordersOf(ctx context.Context, pool *pgxpool.Pool, customer string) ([]shown, error) {
	rows, err := pool.Query(ctx,
		`SELECT id, version, status, amount FROM orders WHERE customer = $1 ORDER BY id`, customer)
	if err != nil {
		return nil, err
	}
	return pgx.AppendRows([]shown{}, rows, pgx.RowToStructByPos[shown])
}

func summaryOf(ctx context.Context, pool *pgxpool.Pool, customer string) (found summary, err error) {
	err = pool.QueryRow(ctx,
		`SELECT count(*), coalesce(sum(amount), 0) FROM orders WHERE customer = $1 AND status = 'OPEN'`,
		customer).Scan(&found.Orders, &found.Total)
	return found, err
}
