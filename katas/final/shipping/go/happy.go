package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit/postgres"
	"plan-lab/kit/telemetry/bus"
)

// happy is what most write first. On calm days there is nothing wrong with it: nobody undoes anything,
// nothing comes twice, nobody dies between the commit and the message, and the carrier is there, and
// quick.
type happy struct {
	pool    *pgxpool.Pool
	bus     *bus.Hopeful
	carrier string
}

func (h happy) book(ctx context.Context, order order) error {
	tracking, err := h.ask(order)
	if err != nil {
		return err
	}
	status, fact := refused, "ParcelRefused"
	if tracking != "" {
		status, fact = booked, "ParcelBooked"
	}
	err = postgres.InTransaction(ctx, h.pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
		if err := insert(ctx, tx, order, status); err != nil {
			return err
		}
		return set(ctx, tx, order, status, tracking)
	})
	if err != nil {
		return err
	}
	return h.bus.Publish(ctx, "events", fact, order.Order, told{order, tracking})
}

func (h happy) ask(order order) (tracking string, err error) {
	body, err := json.Marshal(map[string]any{
		"order": order.Order, "address": order.Address, "quantity": order.Quantity,
	})
	if err != nil {
		return "", err
	}
	response, err := http.Post(h.carrier+"/parcels", "application/json", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	var taken struct {
		Tracking string `json:"tracking"`
	}
	err = json.NewDecoder(response.Body).Decode(&taken)
	return taken.Tracking, err
}
