package main

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

// prefetch is how many commands are worked on at once.
const prefetch = 20

// errStopping hands a command back as it came: another process takes it.
var errStopping = errors.New("this process is about to end")

// does is what a command has done; one that fails is offered again.
type does func(context.Context, order) error

var processed = telemetry.NewMessages("message", "outcome")

// listen hands each command in the queue to what its name stands for, within the thread that it carries
// on, and returns once it consumes.
func listen(ctx context.Context, broker string, commands map[string]does) (*amqp.Worker, error) {
	return amqp.Start(ctx, amqp.Consumption{
		URL: broker, Queue: queue, Prefetch: prefetch,
		Handle: func(ctx context.Context, message rabbit.Delivery, _ *amqp.Channel) (amqp.Verdict, error) {
			do, known := commands[message.RoutingKey]
			if !known {
				return amqp.Ack, nil
			}
			order, err := readOrder(message.Body)
			if err != nil {
				// It will be no more readable the next time.
				slog.Error("a message is given up", "message_id", message.MessageId, "error", err.Error())
				processed.WithLabelValues(message.RoutingKey, "rejected").Inc()
				return amqp.Discard, nil
			}
			return take(ctx, message, order, do)
		},
	})
}

func take(ctx context.Context, message rabbit.Delivery, order order, do does) (amqp.Verdict, error) {
	ctx, span := telemetry.Consuming(ctx, queue, order.Order, textsIn(message.Headers))
	err := telemetry.Within(span, func() error { return do(ctx, order) })
	switch {
	case errors.Is(err, errStopping):
		processed.WithLabelValues(message.RoutingKey, "released").Inc()
		return amqp.Release, nil
	case err != nil:
		slog.ErrorContext(ctx, message.RoutingKey+" failed, and is offered again", "error", err.Error())
		processed.WithLabelValues(message.RoutingKey, "error").Inc()
		return amqp.Requeue, err
	}
	slog.InfoContext(ctx, message.RoutingKey+" is done")
	processed.WithLabelValues(message.RoutingKey, "ok").Inc()
	return amqp.Ack, nil
}

// tell publishes a fact: it leaves with the transaction that makes it true.
func tell(ctx context.Context, tx pgx.Tx, fact string, order order) error {
	return outbox.Post(ctx, tx, outbox.Message{
		Exchange: "events", Key: fact, CorrelationID: order.Order, Body: order,
		Headers: telemetry.Producing(ctx, "events", fact),
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
