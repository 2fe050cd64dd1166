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

// PAYING → RESERVING → BOOKING → ENDED, confirmed
//
//	│         │          └→ RELEASING → REFUNDING → ENDED, rejected: not deliverable
//	│         └──────────────────────→ REFUNDING → ENDED, rejected: out of stock
//	└────────────────────────────────────────────→ ENDED, rejected: declined
//
// From the first three also → ENDED, rejected: the deadline has passed.
const (
	paying    = "PAYING"
	reserving = "RESERVING"
	booking   = "BOOKING"
	releasing = "RELEASING"
	refunding = "REFUNDING"
	ended     = "ENDED"
)

// step is made where the saga is in the state that it is from, and leaves it.
type step struct {
	from, to string
	// reason is why the order goes back, from here on.
	reason string
	then   func(ctx context.Context, tx pgx.Tx, of told, reason string) error
}

var steps = map[string]step{
	"PaymentAuthorized": {from: paying, to: reserving, then: commanding("ReserveStock")},
	"PaymentDeclined":   {from: paying, to: ended, reason: "declined", then: reject},
	"StockReserved":     {from: reserving, to: booking, then: commanding("BookParcel")},
	"StockRejected":     {from: reserving, to: refunding, reason: "out-of-stock", then: commanding("RefundPayment")},
	"ParcelBooked":      {from: booking, to: ended, then: confirm},
	"ParcelRefused":     {from: booking, to: releasing, reason: "not-deliverable", then: commanding("ReleaseStock")},
	"StockReleased":     {from: releasing, to: refunding, then: commanding("RefundPayment")},
	"PaymentRefunded":   {from: refunding, to: ended, then: reject},
}

// givingUp: its deadline has passed. The neighbours undo whatever they did or are still to do: they
// remember a cancellation that comes before its step. Who goes back already goes on with that.
var givingUp = []step{
	{from: paying, to: ended, reason: "deadline", then: rejecting("RefundPayment")},
	{from: reserving, to: ended, reason: "deadline", then: rejecting("ReleaseStock", "RefundPayment")},
	{from: booking, to: ended, reason: "deadline", then: rejecting("CancelParcel", "ReleaseStock", "RefundPayment")},
}

// begin is in the transaction that takes the order. It keeps the thread for what nobody asks for: the
// deadline.
func begin(ctx context.Context, tx pgx.Tx, of told) error {
	_, err := changes(ctx, tx, "INSERT", "sagas",
		`INSERT INTO sagas (order_id, state, headers) VALUES ($1, $2, $3)`,
		of.Order, paying, telemetry.Carried(ctx))
	if err != nil {
		return err
	}
	return bus.Command(ctx, tx, "AuthorizePayment", of.Order, of)
}

// sagas bring orders to their end. State, order and commands change in one transaction: after a crash the
// state says what was asked for last, and a reply that fits no state changes nothing, be it a repetition
// or too late. No other inbox is needed.
type sagas struct {
	pool *pgxpool.Pool
	// committed: there may be something to publish.
	committed func()
}

func (s sagas) replies() map[string]bus.Does[told] {
	replies := map[string]bus.Does[told]{}
	for fact, one := range steps {
		one := one
		replies[fact] = func(ctx context.Context, of told) error { return s.first(ctx, of, one) }
	}
	return replies
}

func (s sagas) giveUp(ctx context.Context, of told) error { return s.first(ctx, of, givingUp...) }

// first makes the first of the steps that fits, if any does.
func (s sagas) first(ctx context.Context, of told, steps ...step) error {
	err := postgres.InTransaction(ctx, s.pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
		if err := inbox.LockKey(ctx, tx, of.Order); err != nil {
			return err
		}
		for _, one := range steps {
			if fits, err := one.make(ctx, tx, of); err != nil || fits {
				return err
			}
		}
		return nil
	})
	s.committed()
	return err
}

func (s step) make(ctx context.Context, tx pgx.Tx, of told) (fits bool, err error) {
	var reason string
	err = telemetry.Statement(ctx, "UPDATE", "sagas", func(ctx context.Context) error {
		err := tx.QueryRow(ctx,
			`UPDATE sagas SET state = $3, reason = coalesce(nullif($4, ''), reason)
			  WHERE order_id = $1 AND state = $2 RETURNING coalesce(reason, '')`,
			of.Order, s.from, s.to, s.reason).Scan(&reason)
		fits = err == nil
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil || !fits {
		return fits, err
	}
	return true, s.then(ctx, tx, of, reason)
}

func commanding(names ...string) func(context.Context, pgx.Tx, told, string) error {
	return func(ctx context.Context, tx pgx.Tx, of told, _ string) error {
		for _, name := range names {
			if err := bus.Command(ctx, tx, name, of.Order, of.asPlaced()); err != nil {
				return err
			}
		}
		return nil
	}
}

func rejecting(undoing ...string) func(context.Context, pgx.Tx, told, string) error {
	return func(ctx context.Context, tx pgx.Tx, of told, reason string) error {
		if err := reject(ctx, tx, of, reason); err != nil {
			return err
		}
		return commanding(undoing...)(ctx, tx, of, reason)
	}
}
