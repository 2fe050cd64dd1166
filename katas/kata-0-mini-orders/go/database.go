package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// database keeps the orders in PostgreSQL: the processes are stateless, and any of them can answer
// for all. The state has not gone away; it moved to where it is shared and outlives whoever wrote it.
type database struct {
	pool *pgxpool.Pool
}

func (d database) place(ctx context.Context, wanted order) (order, error) {
	// The primary key recognises an order that is sent again, whichever replica it comes to.
	tag, err := d.pool.Exec(ctx,
		`INSERT INTO orders (id, item) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING`,
		wanted.ID, wanted.Item)
	if err != nil || tag.RowsAffected() == 1 {
		return wanted, err
	}
	// A statement of its own: the snapshot of the first may be older than the row it ran into.
	kept, exists, err := d.find(ctx, wanted.ID)
	if err == nil && !exists {
		err = fmt.Errorf("order %s was there, and is gone", wanted.ID)
	}
	return kept, err
}

func (d database) find(ctx context.Context, id string) (found order, exists bool, err error) {
	err = d.pool.QueryRow(ctx, `SELECT id, item FROM orders WHERE id = $1`, id).
		Scan(&found.ID, &found.Item)
	if errors.Is(err, pgx.ErrNoRows) {
		return order{}, false, nil
	}
	return found, err == nil, err
}

func (d database) close() {
	d.pool.Close()
}
