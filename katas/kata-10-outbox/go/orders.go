package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"

	"plan-lab/kit"
)

type order struct {
	ID string `json:"id"`
	// Customer is the aggregate: its events keep their order.
	Customer string `json:"customer"`
	Amount   int    `json:"amount"`
}

// place takes an order; errUnavailable says that nothing of it is taken.
type place func(context.Context, order) error

var errUnavailable = errors.New("the broker does not answer")

type executor interface {
	Exec(ctx context.Context, sql string, arguments ...any) (pgconn.CommandTag, error)
}

// insertOrder tells whether it is new: an order that is sent again is the same order.
func insertOrder(ctx context.Context, at executor, taken order) (bool, error) {
	tag, err := at.Exec(ctx,
		`INSERT INTO orders (id, customer, amount) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING`,
		taken.ID, taken.Customer, taken.Amount)
	return tag.RowsAffected() == 1, err
}

func readOrder(request kit.Request) (wanted order, err error) {
	if err := request.JSON(&wanted); err != nil {
		return wanted, err
	}
	if wanted.ID == "" || wanted.Customer == "" || wanted.Amount < 1 {
		return wanted, fmt.Errorf("%w: id and customer are texts, amount is a whole number from 1", kit.ErrBadRequest)
	}
	return wanted, nil
}
