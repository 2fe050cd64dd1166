package main

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit/postgres"
)

const stream = "view"

type shown struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
	Status  string `json:"status"`
	Amount  int    `json:"amount"`
}

type summary struct {
	Orders int `json:"orders"`
	Total  int `json:"total"`
}

// nextOf is the offset that comes next; 0 of a view that has nothing yet.
func nextOf(ctx context.Context, pool *pgxpool.Pool) (next int64, err error) {
	err = pool.QueryRow(ctx, `SELECT next FROM position WHERE stream = $1`, stream).Scan(&next)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, nil
	}
	return next, err
}

// fold does the effects of these entries and notes the place after them, in one transaction: who dies
// in the middle begins again where both stood.
func fold(ctx context.Context, pool *pgxpool.Pool, entries []entry, project projection) error {
	return postgres.InTransaction(ctx, pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO position (stream, next) VALUES ($1, 0) ON CONFLICT DO NOTHING`, stream)
		if err != nil {
			return err
		}
		var next int64
		err = tx.QueryRow(ctx, `SELECT next FROM position WHERE stream = $1 FOR UPDATE`, stream).Scan(&next)
		if err != nil {
			return err
		}
		after := next
		for _, one := range entries {
			// After an answer to COMMIT that was lost these were folded already.
			if one.offset < next {
				continue
			}
			read, is := readEvent(one.message.RoutingKey, one.message.MessageId, one.message.Body)
			if is {
				if err := project(ctx, tx, read); err != nil {
					return err
				}
			}
			after = one.offset + 1
		}
		_, err = tx.Exec(ctx, `UPDATE position SET next = $2 WHERE stream = $1`, stream, after)
		return err
	})
}

func hasSeen(ctx context.Context, pool *pgxpool.Pool, order string, version int) (has bool, err error) {
	err = pool.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM orders WHERE id = $1 AND version >= $2)`, order, version).
		Scan(&has)
	return has, err
}

func ordersOf(ctx context.Context, pool *pgxpool.Pool, customer string) ([]shown, error) {
	rows, err := pool.Query(ctx,
		`SELECT id, version, status, amount FROM orders WHERE customer = $1 ORDER BY id`, customer)
	if err != nil {
		return nil, err
	}
	return pgx.AppendRows([]shown{}, rows, pgx.RowToStructByPos[shown])
}

// addedUp is for who adds it up.
func addedUp(ctx context.Context, pool *pgxpool.Pool, customer string) (found summary, err error) {
	err = pool.QueryRow(ctx, `SELECT orders, total FROM summaries WHERE customer = $1`, customer).
		Scan(&found.Orders, &found.Total)
	if errors.Is(err, pgx.ErrNoRows) {
		return found, nil
	}
	return found, err
}

// summed is from the orders themselves, by their index: nothing that could come apart.
func summed(ctx context.Context, pool *pgxpool.Pool, customer string) (found summary, err error) {
	err = pool.QueryRow(ctx,
		`SELECT count(*), coalesce(sum(amount), 0) FROM orders WHERE customer = $1 AND status = 'OPEN'`,
		customer).Scan(&found.Orders, &found.Total)
	return found, err
}
