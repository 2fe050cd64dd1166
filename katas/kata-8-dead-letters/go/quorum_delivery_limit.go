package main

import (
	"context"

	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit/amqp"
)

// quorumDeliveryLimit says the same one word as requeueForever. That it ends lies in the queue's
// arguments: a quorum queue counts how often a message came back, and dead-letters it beyond its
// x-delivery-limit. The broker knows no reason, so it can tell none: this error is in the log alone.
func quorumDeliveryLimit(context.Context, rabbit.Delivery, *rabbit.Channel, string) (amqp.Verdict, error) {
	return amqp.Requeue, nil
}
