package main

import (
	"context"

	"github.com/jackc/pgx/v5"

	"plan-lab/kit/inbox"
)

// style is a way to bring an order to its end through three services.
type style struct {
	// begin happens in the transaction that takes the order.
	begin inbox.Reaction[told]
	// afterwards happens once that is committed, before the client is answered; nil where nothing does.
	afterwards func(context.Context, told)
	reactions  inbox.Reactions[told]
	// giveUp is for an order whose deadline has passed; nil where nobody looks.
	giveUp inbox.Reaction[told]
}

func nothing(context.Context, pgx.Tx, told) error { return nil }

func rejecting(reason string) inbox.Reaction[told] {
	return func(ctx context.Context, tx pgx.Tx, message told) error {
		return reject(ctx, tx, message, reason)
	}
}

// choreography: nobody is in charge. Whoever has done something for an order undoes it by itself when
// it hears that the order is rejected, so there is nothing to compensate here.
var choreography = style{
	begin: nothing,
	reactions: inbox.Reactions[told]{
		"StockReserved":   confirm,
		"StockRejected":   rejecting("out-of-stock"),
		"PaymentDeclined": rejecting("declined"),
	},
	giveUp: rejecting("deadline"),
}
