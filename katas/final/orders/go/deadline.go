package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit/telemetry"
)

const (
	// lookEvery is between two looks at orders whose deadline has passed.
	lookEvery  = 100 * time.Millisecond
	lookWithin = 3 * time.Second
)

func watchDeadlines(sagas sagas, deadline time.Duration) (stop func()) {
	stopping, over := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(over)
		for {
			if err := giveUpOverdue(sagas, deadline); err != nil {
				slog.Error("will look again", "error", err.Error())
			}
			select {
			case <-stopping:
				return
			case <-time.After(lookEvery):
			}
		}
	}()
	return func() {
		close(stopping)
		<-over
	}
}

func giveUpOverdue(sagas sagas, deadline time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), lookWithin)
	defer cancel()
	late, err := overdue(ctx, sagas.pool, deadline)
	if err != nil {
		return err
	}
	for _, one := range late {
		if err := sagas.giveUp(telemetry.OnThread(ctx, one.Order, one.headers), one.told); err != nil {
			return err
		}
	}
	return nil
}

type late struct {
	told
	headers map[string]string
}

// overdue orders are pending for longer than the deadline. The rows know when they began: no timer can be
// forgotten.
func overdue(ctx context.Context, pool *pgxpool.Pool, deadline time.Duration) ([]late, error) {
	found, err := pool.Query(ctx,
		`SELECT id, customer, sku, quantity, amount, address, headers
		   FROM orders JOIN sagas ON sagas.order_id = orders.id
		  WHERE status = 'PENDING' AND state = ANY($2)
		    AND orders.created_at < clock_timestamp() - $1::float8 * interval '1 millisecond'`,
		float64(deadline.Milliseconds()), []string{paying, reserving, booking})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(found, func(row pgx.CollectableRow) (one late, err error) {
		err = row.Scan(&one.Order, &one.Customer, &one.SKU, &one.Quantity, &one.Amount, &one.Address, &one.headers)
		return one, err
	})
}
