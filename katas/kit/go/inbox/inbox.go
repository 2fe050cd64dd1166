// Package inbox consumes a queue so that each message has its effect once, however often it comes.
package inbox

import (
	"context"
	"errors"
	"log"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit/amqp"
	"plan-lab/kit/postgres"
)

// Reaction is what a message of one name does, in the transaction that also remembers the message.
type Reaction[Body any] func(context.Context, pgx.Tx, Body) error

// Reactions by routing key. A message of any other name is none of this service's business.
type Reactions[Body any] map[string]Reaction[Body]

// Inbox says what comes in, and what it does.
type Inbox[Body any] struct {
	URL       string
	Pool      *pgxpool.Pool
	Queue     string
	Reactions Reactions[Body]
	// Read leaves alone the fields that it does not know; it fails where the body is no such message.
	Read func([]byte) (Body, error)
	// KeyOf: messages with the same key wait for each other.
	KeyOf func(Body) string
	// OnCommitted: there may be something to publish.
	OnCommitted func()
}

// Open returns once it consumes.
func Open[Body any](ctx context.Context, inbox Inbox[Body]) (*amqp.Worker, error) {
	return amqp.Start(ctx, amqp.Consumption{
		URL:      inbox.URL,
		Queue:    inbox.Queue,
		Prefetch: 20,
		Handle:   inbox.handle,
	})
}

func (i Inbox[Body]) handle(ctx context.Context, message rabbit.Delivery, _ *amqp.Channel) (amqp.Verdict, error) {
	react, known := i.Reactions[message.RoutingKey]
	if !known {
		return amqp.Ack, nil
	}
	body, err := i.Read(message.Body)
	if err == nil && message.MessageId == "" {
		// All that have none would be taken for one another.
		err = errors.New("there is no message_id")
	}
	if err != nil {
		// It will be no more readable the next time.
		log.Printf("message %s is given up: %v", message.MessageId, err)
		return amqp.Discard, nil
	}
	err = postgres.InTransaction(ctx, i.Pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
		if err := LockKey(ctx, tx, i.KeyOf(body)); err != nil {
			return err
		}
		isNew, err := remember(ctx, tx, message.MessageId)
		if err != nil || !isNew {
			return err
		}
		return react(ctx, tx, body)
	})
	if err == nil {
		i.OnCommitted()
	}
	return amqp.Ack, err
}

// LockKey until the transaction ends: two messages about one order must not pass each other half way.
func LockKey(ctx context.Context, tx pgx.Tx, key string) error {
	_, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, key)
	return err
}

// remember tells whether the message is new.
func remember(ctx context.Context, tx pgx.Tx, id string) (bool, error) {
	tag, err := tx.Exec(ctx, `INSERT INTO inbox (message_id) VALUES ($1) ON CONFLICT DO NOTHING`, id)
	return tag.RowsAffected() == 1, err
}
