package main

import (
	"context"
	"errors"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// clients are who may order. A key that is known stays known: a flood of refusals asks the database
// nothing.
type clients struct {
	pool  *pgxpool.Pool
	known sync.Map
}

func newClients(pool *pgxpool.Pool) *clients { return &clients{pool: pool} }

// nameOf is empty for a key that nobody has.
func (c *clients) nameOf(ctx context.Context, key string) (name string, err error) {
	if !isText(key) {
		return "", nil
	}
	if known, is := c.known.Load(key); is {
		return known.(string), nil
	}
	err = c.pool.QueryRow(ctx, `SELECT name FROM clients WHERE api_key = $1`, key).Scan(&name)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	if err == nil {
		c.known.Store(key, name)
	}
	return name, err
}
