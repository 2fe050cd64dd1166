package main

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit/postgres"
	"plan-lab/twin"
)

// Locks both rows in order, decides in its own code, and writes what it computed.
func main() {
	twin.Serve(func(ctx context.Context, pool *pgxpool.Pool, wanted twin.Transfer) (result twin.Status, err error) {
		err = postgres.InTransaction(ctx, pool, pgx.Serializable, func(tx pgx.Tx) (err error) {
			result, err = move(ctx, tx, wanted)
			return err
		})
		return result, err
	}, true)
}

func move(ctx context.Context, tx pgx.Tx, wanted twin.Transfer) (twin.Status, error) {
	balances := map[string]int{}
	first, second := wanted.From, wanted.To
	if second < first {
		first, second = second, first
	}
	for _, id := range []string{first, second} {
		var balance int
		err := tx.QueryRow(ctx, `SELECT balance FROM accounts WHERE id = $1 FOR UPDATE`, id).Scan(&balance)
		if errors.Is(err, pgx.ErrNoRows) {
			return twin.Unknown, nil
		}
		if err != nil {
			return 0, err
		}
		balances[id] = balance
	}
	if before, err := twin.Recorded(ctx, tx, wanted); err != nil || before != 0 {
		return before, err
	}
	if balances[wanted.From] < wanted.Amount {
		return twin.Insufficient, nil
	}
	balances[wanted.From] -= wanted.Amount
	balances[wanted.To] += wanted.Amount
	for id, balance := range balances {
		if _, err := tx.Exec(ctx, `UPDATE accounts SET balance = $2 WHERE id = $1`, id, balance); err != nil {
			return 0, err
		}
	}
	return twin.Done, twin.Record(ctx, tx, wanted)
}
