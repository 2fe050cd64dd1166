package main

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

type payment struct {
	customer string
	amount   int
	status   string
}

// authorize takes the amount off the account, if there is as much; once an order, whatever is asked
// again.
func authorize(ctx context.Context, tx pgx.Tx, message told) (status string, err error) {
	before, err := decided(ctx, tx, message.Order)
	// Also CANCELLED: the refund was here first, and then there is nothing to take any more.
	if err != nil || before != nil {
		return statusOf(before), err
	}
	tag, err := tx.Exec(ctx,
		`UPDATE accounts SET balance = balance - $2 WHERE customer = $1 AND balance >= $2`,
		message.Customer, message.Amount)
	if err != nil {
		return "", err
	}
	status, fact := "DECLINED", "PaymentDeclined"
	if tag.RowsAffected() == 1 {
		status, fact = "AUTHORIZED", "PaymentAuthorized"
	}
	if err := decide(ctx, tx, message, status); err != nil {
		return "", err
	}
	return status, tell(ctx, tx, fact, message)
}

// refund is the compensation: it gives back what stands, and remembers where it came before its step.
func refund(ctx context.Context, tx pgx.Tx, message told) error {
	before, err := decided(ctx, tx, message.Order)
	if err != nil {
		return err
	}
	if before == nil {
		return decide(ctx, tx, message, "CANCELLED")
	}
	refunded, err := isRefunded(ctx, tx, message.Order)
	if err != nil || refunded || before.status != "AUTHORIZED" {
		return err
	}
	if _, err := tx.Exec(ctx, `INSERT INTO refunds (order_id, amount) VALUES ($1, $2)`,
		message.Order, before.amount); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE accounts SET balance = balance + $2 WHERE customer = $1`,
		before.customer, before.amount); err != nil {
		return err
	}
	return tell(ctx, tx, "PaymentRefunded", message)
}

// decided is nil where nothing is.
func decided(ctx context.Context, tx pgx.Tx, order string) (*payment, error) {
	var found payment
	err := tx.QueryRow(ctx, `SELECT customer, amount, status FROM payments WHERE order_id = $1`, order).
		Scan(&found.customer, &found.amount, &found.status)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return &found, err
}

func statusOf(found *payment) string {
	if found == nil {
		return ""
	}
	return found.status
}

func decide(ctx context.Context, tx pgx.Tx, message told, status string) error {
	_, err := tx.Exec(ctx,
		`INSERT INTO payments (order_id, customer, amount, status) VALUES ($1, $2, $3, $4)`,
		message.Order, message.Customer, message.Amount, status)
	return err
}

func isRefunded(ctx context.Context, tx pgx.Tx, order string) (is bool, err error) {
	err = tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM refunds WHERE order_id = $1)`, order).Scan(&is)
	return is, err
}
