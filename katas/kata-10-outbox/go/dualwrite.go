package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit/amqp"
)

// dualWrite writes to two systems, one after the other. Between the commit and the publish the
// process can die, and then the order is there and its event never comes. Where publishing fails
// the client hears 503, and the order is there all the same.
func dualWrite(pool *pgxpool.Pool, publisher *amqp.Publisher) place {
	return func(ctx context.Context, taken order) error {
		if _, err := insertOrder(ctx, pool, taken); err != nil {
			return err
		}
		return publishOrder(publisher, taken)
	}
}

// publishFirst is the other way round: now it is the event that can be there without its order.
func publishFirst(pool *pgxpool.Pool, publisher *amqp.Publisher) place {
	return func(ctx context.Context, taken order) error {
		if err := publishOrder(publisher, taken); err != nil {
			return err
		}
		_, err := insertOrder(ctx, pool, taken)
		return err
	}
}

func publishOrder(publisher *amqp.Publisher, taken order) error {
	body, err := json.Marshal(taken)
	if err != nil {
		return err
	}
	if err := publishEvents(publisher, []event{{id: taken.ID, body: body}}); err != nil {
		return fmt.Errorf("%w: %v", errUnavailable, err)
	}
	return nil
}
