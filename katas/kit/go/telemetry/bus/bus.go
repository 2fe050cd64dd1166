// Package bus is the broker as a Go service of the shop sees it: nothing else of it knows which one it is.
package bus

import (
	"context"
	"errors"
	"log/slog"

	"github.com/jackc/pgx/v5"
	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit/amqp"
	"plan-lab/kit/outbox"
	"plan-lab/kit/telemetry"
)

// Prefetch is how many messages are worked on at once.
const Prefetch = 20

// ErrStopping hands a message back as it came: another process takes it.
var ErrStopping = errors.New("this process is about to end")

// Does is what a message has done; one that fails is offered again.
type Does[Body any] func(context.Context, Body) error

// Queue says what comes in, and what it does.
type Queue[Body any] struct {
	URL  string
	Name string
	// Does, by name. A message of any other one is none of this service's business.
	Does map[string]Does[Body]
	// Read leaves alone the fields that it does not know; it fails where the body is no such message.
	Read func([]byte) (Body, error)
	// OrderOf is the order that a message is about.
	OrderOf func(Body) string
}

var processed = telemetry.NewMessages("message", "outcome")

// Listen hands each message in the queue to what its name stands for, within the thread that it carries
// on, and returns once it consumes. What comes twice is done twice: its rows have to say that it was.
func Listen[Body any](ctx context.Context, queue Queue[Body]) (*amqp.Worker, error) {
	return queue.consume(ctx, func(ctx context.Context, message rabbit.Delivery, body Body) (amqp.Verdict, error) {
		name := message.RoutingKey
		ctx, span := telemetry.Consuming(ctx, queue.Name, queue.OrderOf(body), textsIn(message.Headers))
		err := telemetry.Within(span, func() error { return queue.Does[name](ctx, body) })
		switch {
		case errors.Is(err, ErrStopping):
			processed.WithLabelValues(name, "released").Inc()
			return amqp.Release, nil
		case err != nil:
			slog.ErrorContext(ctx, name+" failed, and is offered again", "error", err.Error())
			processed.WithLabelValues(name, "error").Inc()
			return amqp.Requeue, err
		}
		slog.InfoContext(ctx, name+" is done")
		processed.WithLabelValues(name, "ok").Inc()
		return amqp.Ack, nil
	})
}

type take[Body any] func(context.Context, rabbit.Delivery, Body) (amqp.Verdict, error)

func (q Queue[Body]) consume(ctx context.Context, take take[Body]) (*amqp.Worker, error) {
	return amqp.Start(ctx, amqp.Consumption{
		URL: q.URL, Queue: q.Name, Prefetch: Prefetch,
		Handle: func(ctx context.Context, message rabbit.Delivery, _ *amqp.Channel) (amqp.Verdict, error) {
			if _, known := q.Does[message.RoutingKey]; !known {
				return amqp.Ack, nil
			}
			body, err := q.Read(message.Body)
			if err != nil {
				// It will be no more readable the next time.
				slog.Error("a message is given up", "message_id", message.MessageId, "error", err.Error())
				processed.WithLabelValues(message.RoutingKey, "rejected").Inc()
				return amqp.Discard, nil
			}
			return take(ctx, message, body)
		},
	})
}

// Tell publishes a fact: it leaves with the transaction that makes it true.
func Tell(ctx context.Context, tx pgx.Tx, fact, order string, body any) error {
	return post(ctx, tx, "events", fact, order, body)
}

// Command wants something of another service, once the transaction is committed.
func Command(ctx context.Context, tx pgx.Tx, name, order string, body any) error {
	return post(ctx, tx, "commands", name, order, body)
}

func post(ctx context.Context, tx pgx.Tx, exchange, name, order string, body any) error {
	return outbox.Post(ctx, tx, outbox.Message{
		Exchange: exchange, Key: name, CorrelationID: order, Body: body,
		Headers: telemetry.Producing(ctx, exchange, name),
	})
}

// textsIn: other values of AMQP carry no context.
func textsIn(headers rabbit.Table) map[string]string {
	texts := map[string]string{}
	for name, value := range headers {
		if text, is := value.(string); is {
			texts[name] = text
		}
	}
	return texts
}
