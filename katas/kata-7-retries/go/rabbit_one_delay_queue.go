package main

import (
	"context"

	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit/amqp"
)

const oneQueue = "work.delay"

// rabbitOneDelayQueue is the trap: one queue for all delays, with a time to live on each message. It
// looks like less work, but RabbitMQ takes expired messages only from the head of a queue: whoever
// waits for 100 ms stands behind one that waits for a second.
func rabbitOneDelayQueue(p plan) amqp.Handler {
	return func(ctx context.Context, message rabbit.Delivery, channel *amqp.Channel) (amqp.Verdict, error) {
		attempt := attemptOf(message)
		came := p.charge(ctx, message.MessageId)
		if came == charged {
			return amqp.Ack, nil
		}
		if came == refused || attempt >= p.attempts {
			return amqp.Ack, giveUp(ctx, channel, message, attempt)
		}
		_, err := channel.QueueDeclare(oneQueue, true, false, false, false, rabbit.Table{
			"x-dead-letter-exchange":    "",
			"x-dead-letter-routing-key": "work",
		})
		if err == nil {
			headers := rabbit.Table{"x-attempt": int32(attempt + 1)}
			err = publish(ctx, channel, oneQueue, message, headers, p.backoff(attempt))
		}
		return amqp.Ack, err
	}
}
