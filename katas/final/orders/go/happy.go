package main

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit/postgres"
	"plan-lab/kit/telemetry/bus"
)

// happy is what most write first: one step asks for the next, what was done stays done, and what is asked
// for again is another order.
type happy struct {
	pool *pgxpool.Pool
	bus  *bus.Hopeful
}

func (h happy) take(ctx context.Context, wanted request) (id string, err error) {
	message := told{Order: uuid.NewString(), asked: wanted.asked}
	err = postgres.InTransaction(ctx, h.pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
		return insert(ctx, tx, message, wanted.client)
	})
	if err != nil {
		return "", err
	}
	if err := h.bus.Publish(ctx, "events", "OrderCreated", message.Order, message); err != nil {
		return "", err
	}
	return message.Order, h.command(ctx, "AuthorizePayment", message)
}

func (h happy) replies() map[string]bus.Does[told] {
	return map[string]bus.Does[told]{
		"PaymentAuthorized": h.asks("ReserveStock"),
		"StockReserved":     h.asks("BookParcel"),
		"ParcelBooked":      h.confirm,
		"PaymentDeclined":   h.rejects("declined"),
		"StockRejected":     h.rejects("out-of-stock"),
		"ParcelRefused":     h.rejects("not-deliverable"),
	}
}

func (h happy) asks(name string) bus.Does[told] {
	return func(ctx context.Context, of told) error { return h.command(ctx, name, of.asPlaced()) }
}

func (h happy) command(ctx context.Context, name string, of told) error {
	return h.bus.Publish(ctx, "commands", name, of.Order, of)
}

func (h happy) confirm(ctx context.Context, of told) error {
	return h.end(ctx, "OrderConfirmed", confirmed, of.Tracking, of.asPlaced())
}

func (h happy) rejects(reason string) bus.Does[told] {
	return func(ctx context.Context, of told) error {
		fact := of.asPlaced()
		fact.Reason = reason
		return h.end(ctx, "OrderRejected", rejected, "", fact)
	}
}

func (h happy) end(ctx context.Context, name, status, tracking string, fact told) error {
	isNew := false
	err := postgres.InTransaction(ctx, h.pool, pgx.ReadCommitted, func(tx pgx.Tx) (err error) {
		isNew, err = ends(ctx, tx, fact.Order, status, fact.Reason, tracking)
		return err
	})
	if err != nil || !isNew {
		return err
	}
	return h.bus.Publish(ctx, "events", name, fact.Order, fact)
}
