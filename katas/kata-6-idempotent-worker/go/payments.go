package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

type payment struct {
	Payment string `json:"payment"`
	Account string `json:"account"`
	Amount  int    `json:"amount"`
}

// readPayment refuses null, too: it is JSON, and has no fields.
func readPayment(body []byte) (taken payment, err error) {
	if err := json.Unmarshal(body, &taken); err != nil {
		return taken, fmt.Errorf("the body is no payment: %w", err)
	}
	if !isName(taken.Payment) || !isName(taken.Account) || taken.Amount < 1 || taken.Amount > math.MaxInt32 {
		return taken, errors.New("the body is no payment")
	}
	return taken, nil
}

// isName refuses what the database can never store, a text with a zero in it: it would be offered again
// for ever. So would more than PostgreSQL's integer, which ends at 2^31 − 1.
func isName(text string) bool {
	return text != "" && !strings.ContainsRune(text, 0)
}

// message has the property message_id: the same for every delivery of it and every copy.
type message struct {
	id      string
	payment payment
}

// strategy is one way to take a payment. The message is acknowledged once it returns without an
// error, and not before.
type strategy func(ctx context.Context, pool *pgxpool.Pool, received message) error

// executor is a pool or a transaction.
type executor interface {
	Exec(ctx context.Context, sql string, arguments ...any) (pgconn.CommandTag, error)
}

func charge(ctx context.Context, on executor, taken payment) error {
	_, err := on.Exec(ctx, `INSERT INTO charges (payment, account, amount) VALUES ($1, $2, $3)`,
		taken.Payment, taken.Account, taken.Amount)
	return err
}

// markAsSeen tells whether it is there for the first time.
func markAsSeen(ctx context.Context, on executor, id string) (bool, error) {
	tag, err := on.Exec(ctx, `INSERT INTO inbox (message_id) VALUES ($1) ON CONFLICT DO NOTHING`, id)
	return tag.RowsAffected() == 1, err
}
