package main

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// move is the statements of a transfer, the same in every strategy. Whether they take effect
// together or one by one is not decided here but by whoever calls: it is a matter of BEGIN and
// COMMIT.
func move(ctx context.Context, db queries, think time.Duration, wanted transfer) (outcome, error) {
	if before, found, err := recorded(ctx, db, wanted); err != nil || found {
		return before, err
	}
	if both, err := bothExist(ctx, db, wanted); err != nil || !both {
		return unknownAccount, err
	}
	taken, err := debit(ctx, db, wanted)
	if err != nil {
		return "", err
	}
	if !taken {
		// Whoever asked for the same id at the same time may have taken the money meanwhile.
		before, found, err := recorded(ctx, db, wanted)
		if err != nil || found {
			return before, err
		}
		return insufficientFunds, nil
	}
	time.Sleep(think)
	if err := credit(ctx, db, wanted); err != nil {
		return "", err
	}
	return done, record(ctx, db, wanted)
}

// recorded tells what became of this id before.
func recorded(ctx context.Context, db queries, wanted transfer) (before outcome, found bool, err error) {
	var same bool
	err = db.QueryRow(ctx,
		`SELECT (payer, payee, amount) = ($2, $3, $4::bigint) FROM transfers WHERE id = $1`,
		wanted.ID, wanted.From, wanted.To, wanted.Amount).Scan(&same)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return "", false, nil
	case err != nil:
		return "", false, err
	case same:
		return done, true, nil
	default:
		return idReused, true, nil
	}
}

func bothExist(ctx context.Context, db queries, wanted transfer) (bool, error) {
	var count int
	err := db.QueryRow(ctx, `SELECT count(*) FROM accounts WHERE id IN ($1, $2)`,
		wanted.From, wanted.To).Scan(&count)
	return count == 2, err
}

// debit decides and takes in one statement, so that no balance becomes negative.
func debit(ctx context.Context, db queries, wanted transfer) (bool, error) {
	changed, err := db.Exec(ctx,
		`UPDATE accounts SET balance = balance - $2::bigint WHERE id = $1 AND balance >= $2::bigint`,
		wanted.From, wanted.Amount)
	return changed.RowsAffected() == 1, err
}

func credit(ctx context.Context, db queries, wanted transfer) error {
	_, err := db.Exec(ctx, `UPDATE accounts SET balance = balance + $2 WHERE id = $1`,
		wanted.To, wanted.Amount)
	return err
}

// record fails with SQLSTATE 23505 where somebody else recorded the same id first.
func record(ctx context.Context, db queries, wanted transfer) error {
	_, err := db.Exec(ctx,
		`INSERT INTO transfers (id, payer, payee, amount) VALUES ($1, $2, $3, $4)`,
		wanted.ID, wanted.From, wanted.To, wanted.Amount)
	return err
}
