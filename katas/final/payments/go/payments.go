package main

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit/inbox"
	"plan-lab/kit/postgres"
	"plan-lab/kit/telemetry"
)

const (
	none       = ""
	pending    = "PENDING"
	authorized = "AUTHORIZED"
	declined   = "DECLINED"
	cancelled  = "CANCELLED"
)

// payments has one row an order, which says how far it is. A command that comes again finds that it is
// done already; no other inbox is needed.
//
// No transaction is open while the provider is asked. What is about to be asked is written down before:
// who is killed meanwhile, or is to undo it, knows that there may be a charge.
type payments struct {
	pool     *pgxpool.Pool
	provider *provider
	// committed: there may be something to publish.
	committed func()
}

// authorize is AuthorizePayment.
func (p *payments) authorize(ctx context.Context, order order) error {
	before, err := p.within(ctx, order, func(tx pgx.Tx, status string) error {
		if status != none {
			return nil
		}
		return insert(ctx, tx, order, pending)
	})
	// Also CANCELLED: the refund was here first, and then there is nothing to take any more.
	if err != nil || (before != none && before != pending) {
		return err
	}
	charge, isDeclined, err := p.provider.charge(ctx, order)
	if err != nil {
		return err
	}
	_, err = p.within(ctx, order, func(tx pgx.Tx, status string) error {
		switch {
		case status != pending:
			return nil
		case isDeclined:
			return decide(ctx, tx, order, declined, nil, "PaymentDeclined")
		}
		return decide(ctx, tx, order, authorized, &charge, "PaymentAuthorized")
	})
	return err
}

// refund is RefundPayment, the compensation. It may come twice, and before its step.
func (p *payments) refund(ctx context.Context, order order) error {
	isOwed := false
	_, err := p.within(ctx, order, func(tx pgx.Tx, status string) (err error) {
		switch status {
		case none:
			return insert(ctx, tx, order, cancelled)
		case pending:
			isOwed = true
		case authorized:
			isOwed, err = isKept(ctx, tx, order)
		}
		return err
	})
	if err != nil || !isOwed {
		return err
	}
	if err := p.provider.refund(ctx, order, order.Amount); err != nil {
		return err
	}
	// Whoever asked for the charge may have written down by now what came of it.
	_, err = p.within(ctx, order, func(tx pgx.Tx, status string) error {
		switch status {
		case pending:
			return set(ctx, tx, order, cancelled, nil)
		case authorized:
			return giveBack(ctx, tx, order)
		}
		return nil
	})
	return err
}

// within has the row of the order for itself until the transaction ends, and tells what it said.
func (p *payments) within(ctx context.Context, order order, work func(pgx.Tx, string) error) (status string, err error) {
	err = postgres.InTransaction(ctx, p.pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
		if err := inbox.LockKey(ctx, tx, order.Order); err != nil {
			return err
		}
		err := tx.QueryRow(ctx, `SELECT status FROM payments WHERE order_id = $1`, order.Order).Scan(&status)
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		return work(tx, status)
	})
	p.committed()
	return status, err
}

func decide(ctx context.Context, tx pgx.Tx, order order, status string, charge *string, fact string) error {
	if err := set(ctx, tx, order, status, charge); err != nil {
		return err
	}
	return tell(ctx, tx, fact, order)
}

func giveBack(ctx context.Context, tx pgx.Tx, order order) error {
	kept, err := isKept(ctx, tx, order)
	if err != nil || !kept {
		return err
	}
	err = telemetry.Statement(ctx, "INSERT", "refunds", func(ctx context.Context) error {
		_, err := tx.Exec(ctx, `INSERT INTO refunds (order_id, amount) VALUES ($1, $2)`, order.Order, order.Amount)
		return err
	})
	if err != nil {
		return err
	}
	return tell(ctx, tx, "PaymentRefunded", order)
}

func insert(ctx context.Context, tx pgx.Tx, order order, status string) error {
	return telemetry.Statement(ctx, "INSERT", "payments", func(ctx context.Context) error {
		_, err := tx.Exec(ctx,
			`INSERT INTO payments (order_id, customer, amount, status) VALUES ($1, $2, $3, $4)`,
			order.Order, order.Customer, order.Amount, status)
		return err
	})
}

func set(ctx context.Context, tx pgx.Tx, order order, status string, charge *string) error {
	return telemetry.Statement(ctx, "UPDATE", "payments", func(ctx context.Context) error {
		_, err := tx.Exec(ctx,
			`UPDATE payments SET status = $2, charge = $3 WHERE order_id = $1`, order.Order, status, charge)
		return err
	})
}

func isKept(ctx context.Context, tx pgx.Tx, order order) (is bool, err error) {
	err = tx.QueryRow(ctx,
		`SELECT NOT EXISTS (SELECT FROM refunds WHERE order_id = $1)`, order.Order).Scan(&is)
	return is, err
}
