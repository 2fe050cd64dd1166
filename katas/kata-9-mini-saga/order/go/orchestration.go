package main

import (
	"context"

	"github.com/jackc/pgx/v5"

	"plan-lab/kit/inbox"
)

// AUTHORIZING → RESERVING → ENDED, confirmed
//
//	│             └────→ COMPENSATING → ENDED, rejected: out of stock
//	└──────────────────→ ENDED, rejected: declined
//
// From the first two also → ENDED, rejected: the deadline has passed.
const (
	authorizing  = "AUTHORIZING"
	reserving    = "RESERVING"
	compensating = "COMPENSATING"
	ended        = "ENDED"
)

// orchestration: one service is in charge. Its state, its commands and the order change in one
// transaction: after a crash the state says what was asked for last, and a reply that fits no state is
// left alone, be it a repetition or one that came after the saga was given up.
var orchestration = style{
	begin: func(ctx context.Context, tx pgx.Tx, message told) error {
		_, err := tx.Exec(ctx, `INSERT INTO sagas (order_id, state) VALUES ($1, $2)`, message.Order, authorizing)
		if err != nil {
			return err
		}
		return command(ctx, tx, "AuthorizePayment", message)
	},
	reactions: inbox.Reactions[told]{
		"PaymentAuthorized": moving(reserving, commanding("ReserveStock"), authorizing),
		"PaymentDeclined":   moving(ended, rejecting("declined"), authorizing),
		"StockReserved":     moving(ended, confirm, reserving),
		"StockRejected":     moving(compensating, commanding("RefundPayment"), reserving),
		"PaymentRefunded":   moving(ended, rejecting("out-of-stock"), compensating),
	},
	// The neighbours are told to undo whatever they did or are still to do for this order. Who
	// compensates already goes on with that.
	giveUp: moving(ended, inRow(
		rejecting("deadline"), commanding("ReleaseStock"), commanding("RefundPayment"),
	), authorizing, reserving),
}

// moving does something only where the saga is in one of these states, and leaves it.
func moving(to string, then inbox.Reaction[told], from ...string) inbox.Reaction[told] {
	return func(ctx context.Context, tx pgx.Tx, message told) error {
		tag, err := tx.Exec(ctx,
			`UPDATE sagas SET state = $3 WHERE order_id = $1 AND state = ANY($2)`, message.Order, from, to)
		if err != nil || tag.RowsAffected() != 1 {
			return err
		}
		return then(ctx, tx, message)
	}
}

func commanding(name string) inbox.Reaction[told] {
	return func(ctx context.Context, tx pgx.Tx, message told) error {
		return command(ctx, tx, name, message)
	}
}

func inRow(all ...inbox.Reaction[told]) inbox.Reaction[told] {
	return func(ctx context.Context, tx pgx.Tx, message told) error {
		for _, one := range all {
			if err := one(ctx, tx, message); err != nil {
				return err
			}
		}
		return nil
	}
}
