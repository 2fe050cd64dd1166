package main

import (
	"context"
	"strconv"

	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit/amqp"
	"plan-lab/kit/redis"
)

// quorumDeliveryLimit lets the broker count. On RabbitMQ it is the same word as in requeueForever:
// that it ends lies in the queue's arguments. A quorum queue counts how often a message was rejected,
// and dead-letters it beyond its x-delivery-limit. It must be basic.reject: since RabbitMQ 4.3 what is
// nacked (basic.nack) comes again uncounted, for ever. The broker knows no reason, so it can tell
// none: the error is in the log alone. A stream counts, too, and leaves the rest to its reader, who
// knows the reason.
var quorumDeliveryLimit = strategy{
	onRabbitmq: func(context.Context, rabbit.Delivery, *amqp.Channel, string) (amqp.Verdict, error) {
		return amqp.Requeue, nil
	},
	onRedis: func(message redis.Message, reason string) redis.Verdict {
		if message.Deliveries < attempts {
			return redis.Requeue
		}
		made := strconv.FormatInt(message.Deliveries, 10)
		return redis.MoveTo(deadLetters, map[string]string{"x-attempts": made, "x-reason": reason})
	},
}
