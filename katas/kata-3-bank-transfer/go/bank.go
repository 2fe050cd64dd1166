package main

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

type transfer struct {
	ID     string `json:"id"`
	From   string `json:"from"`
	To     string `json:"to"`
	Amount int    `json:"amount"`
}

type outcome string

const (
	done              outcome = "done"
	insufficientFunds outcome = "insufficient-funds"
	unknownAccount    outcome = "unknown-account"
	// Another transfer has this id.
	idReused outcome = "id-reused"
)

// queries is where statements go: to a transaction, or to the pool, and then each is on its own.
type queries interface {
	Exec(ctx context.Context, sql string, arguments ...any) (pgconn.CommandTag, error)
	QueryRow(ctx context.Context, sql string, arguments ...any) pgx.Row
}

type bank struct {
	pool      *pgxpool.Pool
	isolation pgx.TxIsoLevel
	// The time that a real bank spends between debit and credit: limits, fraud, the other bank.
	think time.Duration
}

// strategy is one way to make a transfer; all of them make it at once, without retries.
type strategy func(ctx context.Context, b bank, wanted transfer) (outcome, error)
