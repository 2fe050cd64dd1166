package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit"
	"plan-lab/kit/outbox"
	"plan-lab/kit/postgres"
)

var (
	errNobody   = errors.New("there is no such order")
	errConflict = errors.New("it is cancelled, or of another customer")
)

type order struct {
	ID       string
	Customer string
	Version  int
	Status   string
	Amount   int
}

// wish is what a client wants of an order.
type wish struct {
	Customer string `json:"customer"`
	Amount   int    `json:"amount"`
}

// put creates it or changes its amount; what changes nothing has no version and no event of its own.
func put(ctx context.Context, pool *pgxpool.Pool, id string, wanted wish) (stands order, err error) {
	err = postgres.InTransaction(ctx, pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx,
			`INSERT INTO orders (id, customer, version, status, amount) VALUES ($1, $2, 1, 'OPEN', $3)
			 ON CONFLICT (id) DO NOTHING`, id, wanted.Customer, wanted.Amount)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 1 {
			stands = order{id, wanted.Customer, 1, "OPEN", wanted.Amount}
			return tell(ctx, tx, "OrderCreated", stands)
		}
		if stands, err = locked(ctx, tx, id); err != nil {
			return err
		}
		if stands.Customer != wanted.Customer || stands.Status != "OPEN" {
			return errConflict
		}
		if stands.Amount == wanted.Amount {
			return nil
		}
		stands.Amount = wanted.Amount
		return move(ctx, tx, "OrderChanged", &stands)
	})
	return stands, err
}

func cancelOrder(ctx context.Context, pool *pgxpool.Pool, id string) (stands order, err error) {
	err = postgres.InTransaction(ctx, pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
		if stands, err = locked(ctx, tx, id); err != nil || stands.Status == "CANCELLED" {
			return err
		}
		stands.Status = "CANCELLED"
		return move(ctx, tx, "OrderCancelled", &stands)
	})
	return stands, err
}

// locked: whoever changes the same order waits here, so that its events leave in the order of its
// versions.
func locked(ctx context.Context, tx pgx.Tx, id string) (order, error) {
	found := order{ID: id}
	err := tx.QueryRow(ctx, `SELECT customer, version, status, amount FROM orders WHERE id = $1 FOR UPDATE`, id).
		Scan(&found.Customer, &found.Version, &found.Status, &found.Amount)
	if errors.Is(err, pgx.ErrNoRows) {
		return found, errNobody
	}
	return found, err
}

func move(ctx context.Context, tx pgx.Tx, event string, to *order) error {
	to.Version++
	_, err := tx.Exec(ctx, `UPDATE orders SET version = $2, status = $3, amount = $4 WHERE id = $1`,
		to.ID, to.Version, to.Status, to.Amount)
	if err != nil {
		return err
	}
	return tell(ctx, tx, event, *to)
}

// told is all of the order as it stands then: whoever folds it needs no other.
type told struct {
	Order    string `json:"order"`
	Version  int    `json:"version"`
	Customer string `json:"customer"`
	Amount   int    `json:"amount"`
}

func tell(ctx context.Context, tx pgx.Tx, event string, stands order) error {
	return outbox.Post(ctx, tx, outbox.Message{
		Exchange: "events", Key: event, CorrelationID: stands.ID,
		Body: told{stands.ID, stands.Version, stands.Customer, stands.Amount},
	})
}

func readWish(request kit.Request) (wanted wish, err error) {
	if err := request.JSON(&wanted); err != nil {
		return wanted, err
	}
	// PostgreSQL stores no text with a zero in it, and its integer ends at 2^31 − 1.
	if wanted.Customer == "" || strings.ContainsRune(wanted.Customer, 0) {
		return wanted, fmt.Errorf("%w: customer must be a text", kit.ErrBadRequest)
	}
	if wanted.Amount < 1 || wanted.Amount > math.MaxInt32 {
		return wanted, fmt.Errorf("%w: amount must be a whole number from 1", kit.ErrBadRequest)
	}
	return wanted, nil
}
