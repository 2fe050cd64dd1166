// Package twin is what the twins in Go share: everything but the way they take a payment.
package twin

import (
	"context"
	"encoding/json"
	"log"

	"github.com/jackc/pgx/v5/pgxpool"
	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit"
	"plan-lab/kit/amqp"
	"plan-lab/kit/postgres"
)

type Payment struct {
	Payment string `json:"payment"`
	Account string `json:"account"`
	Amount  int    `json:"amount"`
}

type Message struct {
	rabbit.Delivery
	Payment Payment
}

// Work consumes; what take returns without an error is acknowledged, unless it was already.
func Work(take func(context.Context, *pgxpool.Pool, Message) error) {
	env := kit.ReadEnvironment()
	port, database := env.Port(), env.Required("DATABASE_URL")
	consumption := amqp.Consumption{URL: env.Required("AMQP_URL"), Queue: "payments", Prefetch: 20}
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.Run(port, func(ctx context.Context) (kit.Routes, func(), error) {
		pool, err := postgres.OpenPool(ctx, database)
		if err != nil {
			return nil, nil, err
		}
		consumption.Handle = func(ctx context.Context, delivery rabbit.Delivery, _ *amqp.Channel) (amqp.Verdict, error) {
			received := Message{Delivery: delivery}
			if err := json.Unmarshal(delivery.Body, &received.Payment); err != nil {
				return amqp.Discard, nil
			}
			return amqp.Ack, take(ctx, pool, received)
		}
		worker, err := amqp.Start(ctx, consumption)
		if err != nil {
			return nil, nil, err
		}
		return kit.Routes{}, func() { worker.Stop(); pool.Close() }, nil
	})
}

// Charge writes the effect.
func Charge(ctx context.Context, pool *pgxpool.Pool, taken Payment) error {
	_, err := pool.Exec(ctx, `INSERT INTO charges (payment, account, amount) VALUES ($1, $2, $3)`,
		taken.Payment, taken.Account, taken.Amount)
	return err
}

// Mark tells whether the message is new.
func Mark(ctx context.Context, pool *pgxpool.Pool, id string) (bool, error) {
	tag, err := pool.Exec(ctx, `INSERT INTO inbox (message_id) VALUES ($1) ON CONFLICT DO NOTHING`, id)
	return tag.RowsAffected() == 1, err
}

// TakeOnce is the whole effect, done right: a key that can be there once.
func TakeOnce(ctx context.Context, pool *pgxpool.Pool, message Message) error {
	taken := message.Payment
	_, err := pool.Exec(ctx,
		`INSERT INTO charges (payment, account, amount, natural_key) VALUES ($1, $2, $3, $1)
		 ON CONFLICT (natural_key) DO NOTHING`,
		taken.Payment, taken.Account, taken.Amount)
	return err
}
