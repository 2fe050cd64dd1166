package main

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit/inbox"
	"plan-lab/kit/postgres"
	"plan-lab/kit/telemetry"
	"plan-lab/kit/telemetry/bus"
)

const (
	none      = ""
	pending   = "PENDING"
	booked    = "BOOKED"
	refused   = "REFUSED"
	cancelled = "CANCELLED"
)

// parcels has one row an order, which says how far it is. A command that comes again finds that it is
// done already; no other inbox is needed.
//
// No transaction is open while the carrier is asked. What is about to be asked is written down before:
// who is killed meanwhile, or is to undo it, knows that there may be a parcel.
type parcels struct {
	pool    *pgxpool.Pool
	carrier *carrier
	// committed: there may be something to publish.
	committed func()
}

// book is BookParcel.
func (p *parcels) book(ctx context.Context, order order) error {
	before, err := p.within(ctx, order, func(tx pgx.Tx, status string) error {
		if status != none {
			return nil
		}
		return insert(ctx, tx, order, pending)
	})
	// Also CANCELLED: the cancellation was here first, and then there is nothing to book any more.
	if err != nil || (before != none && before != pending) {
		return err
	}
	tracking, isRefused, err := p.carrier.book(ctx, order)
	if err != nil {
		return err
	}
	_, err = p.within(ctx, order, func(tx pgx.Tx, status string) error {
		switch {
		case status != pending:
			return nil
		case isRefused:
			return decide(ctx, tx, order, refused, "", "ParcelRefused")
		}
		return decide(ctx, tx, order, booked, tracking, "ParcelBooked")
	})
	return err
}

// cancel is CancelParcel, the compensation. It may come twice, and before its step.
func (p *parcels) cancel(ctx context.Context, order order) error {
	isOwed := false
	_, err := p.within(ctx, order, func(tx pgx.Tx, status string) (err error) {
		switch status {
		case none:
			return insert(ctx, tx, order, cancelled)
		case pending:
			isOwed = true
		case booked:
			isOwed, err = isKept(ctx, tx, order)
		}
		return err
	})
	if err != nil || !isOwed {
		return err
	}
	if err := p.carrier.cancel(ctx, order); err != nil {
		return err
	}
	// Whoever asked for the parcel may have written down by now what came of it.
	_, err = p.within(ctx, order, func(tx pgx.Tx, status string) error {
		switch status {
		case pending:
			return set(ctx, tx, order, cancelled, "")
		case booked:
			return callOff(ctx, tx, order)
		}
		return nil
	})
	return err
}

// within has the row of the order for itself until the transaction ends, and tells what it said.
func (p *parcels) within(ctx context.Context, order order, work func(pgx.Tx, string) error) (status string, err error) {
	err = postgres.InTransaction(ctx, p.pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
		if err := inbox.LockKey(ctx, tx, order.Order); err != nil {
			return err
		}
		err := tx.QueryRow(ctx, `SELECT status FROM parcels WHERE order_id = $1`, order.Order).Scan(&status)
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		return work(tx, status)
	})
	p.committed()
	return status, err
}

func decide(ctx context.Context, tx pgx.Tx, order order, status, tracking, fact string) error {
	if err := set(ctx, tx, order, status, tracking); err != nil {
		return err
	}
	return bus.Tell(ctx, tx, fact, order.Order, told{order, tracking})
}

func callOff(ctx context.Context, tx pgx.Tx, order order) error {
	kept, err := isKept(ctx, tx, order)
	if err != nil || !kept {
		return err
	}
	err = telemetry.Statement(ctx, "INSERT", "cancellations", func(ctx context.Context) error {
		_, err := tx.Exec(ctx, `INSERT INTO cancellations (order_id) VALUES ($1)`, order.Order)
		return err
	})
	if err != nil {
		return err
	}
	return bus.Tell(ctx, tx, "ParcelCancelled", order.Order, order)
}

func insert(ctx context.Context, tx pgx.Tx, order order, status string) error {
	return telemetry.Statement(ctx, "INSERT", "parcels", func(ctx context.Context) error {
		_, err := tx.Exec(ctx,
			`INSERT INTO parcels (order_id, address, quantity, status) VALUES ($1, $2, $3, $4)`,
			order.Order, order.Address, order.Quantity, status)
		return err
	})
}

func set(ctx context.Context, tx pgx.Tx, order order, status, tracking string) error {
	return telemetry.Statement(ctx, "UPDATE", "parcels", func(ctx context.Context) error {
		_, err := tx.Exec(ctx,
			`UPDATE parcels SET status = $2, tracking = nullif($3, '') WHERE order_id = $1`,
			order.Order, status, tracking)
		return err
	})
}

func isKept(ctx context.Context, tx pgx.Tx, order order) (is bool, err error) {
	err = tx.QueryRow(ctx,
		`SELECT NOT EXISTS (SELECT FROM cancellations WHERE order_id = $1)`, order.Order).Scan(&is)
	return is, err
}
