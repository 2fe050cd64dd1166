package main

import (
	"context"
	"time"

	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit/amqp"
)

// rabbitInProcess lets the worker itself wait, with the message in hand. Simple, and nothing is lost when
// it dies: what was not acknowledged is delivered again. But its hands are as many as its prefetch:
// so many messages that wait keep all others from being touched.
func rabbitInProcess(p plan) amqp.Handler {
	return func(ctx context.Context, message rabbit.Delivery, channel *amqp.Channel) (amqp.Verdict, error) {
		for attempt := 1; ; attempt++ {
			came := p.charge(ctx, message.MessageId)
			if came == charged {
				return amqp.Ack, nil
			}
			if came == refused || attempt == p.attempts {
				return amqp.Ack, giveUp(ctx, channel, message, attempt)
			}
			select {
			case <-time.After(p.backoff(attempt)):
			case <-p.stopping.Done():
				return amqp.Release, nil
			}
		}
	}
}
