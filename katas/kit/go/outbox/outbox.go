// Package outbox publishes what a transaction has committed, and nothing else.
package outbox

import (
	"context"
	"log"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit/amqp"
	"plan-lab/kit/postgres"
)

// idle is between two looks at an outbox with nothing in it, and after one that failed.
const idle = 100 * time.Millisecond

// Message is to leave with what the transaction does, or not at all.
type Message struct {
	Exchange string
	// Key is the routing key: the name of the message.
	Key           string
	CorrelationID string
	// Headers are for an outbox that has a column of that name.
	Headers map[string]string
	Body    any
}

// Post writes it down in the transaction; the relay publishes it once that is committed.
func Post(ctx context.Context, tx pgx.Tx, message Message) error {
	if message.Headers != nil {
		_, err := tx.Exec(ctx,
			`INSERT INTO outbox (exchange, key, correlation_id, headers, payload) VALUES ($1, $2, $3, $4, $5)`,
			message.Exchange, message.Key, message.CorrelationID, message.Headers, message.Body)
		return err
	}
	_, err := tx.Exec(ctx,
		`INSERT INTO outbox (exchange, key, correlation_id, payload) VALUES ($1, $2, $3, $4)`,
		message.Exchange, message.Key, message.CorrelationID, message.Body)
	return err
}

// Relay publishes what is in the outbox until it is stopped, and what fails again.
type Relay struct {
	pool      *pgxpool.Pool
	publisher *amqp.Publisher
	wake      chan struct{}
	stop      chan struct{}
	stopped   chan struct{}
}

// Start a relay.
func Start(pool *pgxpool.Pool, url string) *Relay {
	relay := &Relay{
		pool:      pool,
		publisher: amqp.NewPublisher(url),
		wake:      make(chan struct{}, 1),
		stop:      make(chan struct{}),
		stopped:   make(chan struct{}),
	}
	go relay.run()
	return relay
}

// Wake says that something was committed: look now.
func (r *Relay) Wake() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Stop returns once it looks no more.
func (r *Relay) Stop() {
	close(r.stop)
	<-r.stopped
	r.publisher.Close()
}

func (r *Relay) run() {
	defer close(r.stopped)
	for {
		published, err := r.turn(context.Background())
		if err != nil {
			log.Printf("will publish later: %v", err)
		}
		wake := r.wake
		if err != nil {
			wake = nil
		}
		if published > 0 {
			select {
			case <-r.stop:
				return
			default:
				continue
			}
		}
		select {
		case <-r.stop:
			return
		case <-wake:
		case <-time.After(idle):
		}
	}
}

type row struct {
	position      int64
	id            string
	exchange      string
	key           string
	correlationID string
	payload       []byte
	headers       map[string]string
}

// turn publishes, waits for the confirms, and only then takes the rows away: who dies before that
// leaves them to be published again, under the same message ids. What the broker always refuses is set
// aside: it must not hold up what it takes, and somebody has to look at it.
func (r *Relay) turn(ctx context.Context) (published int, err error) {
	err = postgres.InTransaction(ctx, r.pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
		rows, err := rowsOf(tx.Query(ctx, `SELECT `+columns+` FROM outbox
			ORDER BY position LIMIT 100 FOR UPDATE SKIP LOCKED`))
		if err != nil || len(rows) == 0 {
			return err
		}
		publish := func(some []row) error { return r.publisher.All(messagesOf(some)) }
		refused, err := PublishAll(publish, rows, func() ([]row, error) {
			return rowsOf(tx.Query(ctx, `SELECT `+columns+` FROM outbox WHERE position > $1
				ORDER BY position LIMIT 1`, rows[len(rows)-1].position))
		})
		if err != nil {
			return err
		}
		for _, one := range refused {
			if err := setAside(ctx, tx, one); err != nil {
				return err
			}
		}
		positions := make([]int64, len(rows))
		for i, one := range rows {
			positions[i] = one.position
		}
		published = len(rows)
		_, err = tx.Exec(ctx, `DELETE FROM outbox WHERE position = ANY($1)`, positions)
		return err
	})
	return published, err
}

// Not every outbox has headers; of a column that is not there this makes NULL.
const columns = `position, id::text, exchange, key, correlation_id, payload, to_jsonb(outbox) -> 'headers'`

func rowsOf(found pgx.Rows, err error) ([]row, error) {
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(found, func(one pgx.CollectableRow) (read row, err error) {
		err = one.Scan(&read.position, &read.id, &read.exchange, &read.key, &read.correlationID, &read.payload,
			&read.headers)
		return read, err
	})
}

func setAside(ctx context.Context, tx pgx.Tx, refused Refusal[row]) error {
	one, reason := refused.Row, refused.Reason.Error()
	log.Printf("set aside: %s: %s", one.id, reason)
	_, err := tx.Exec(ctx,
		`INSERT INTO set_aside (id, exchange, key, correlation_id, payload, reason)
		 VALUES ($1, $2, $3, $4, $5, $6)`,
		one.id, one.exchange, one.key, one.correlationID, one.payload, reason)
	return err
}

func messagesOf(rows []row) []amqp.Outgoing {
	messages := make([]amqp.Outgoing, len(rows))
	for i, one := range rows {
		messages[i] = amqp.Outgoing{
			Exchange: one.exchange,
			Key:      one.key,
			Publishing: rabbit.Publishing{
				MessageId:     one.id,
				CorrelationId: one.correlationID,
				ContentType:   "application/json",
				Headers:       tableOf(one.headers),
				Body:          one.payload,
			},
		}
	}
	return messages
}

func tableOf(headers map[string]string) rabbit.Table {
	table := rabbit.Table{}
	for name, value := range headers {
		table[name] = value
	}
	return table
}
