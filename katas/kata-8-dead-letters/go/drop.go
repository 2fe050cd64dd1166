package main

import (
	"context"

	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit/amqp"
	"plan-lab/kit/redis"
)

// drop ends the loop, and the message: a dead-letter exchange that leads to no queue drops silently,
// and a stream that is acknowledged asks for no reason. What would have worked a second later is
// lost with the rest.
var drop = strategy{
	onRabbitmq: func(context.Context, rabbit.Delivery, *amqp.Channel, string) (amqp.Verdict, error) {
		return amqp.Discard, nil
	},
	onRedis: func(redis.Message, string) redis.Verdict { return redis.Ack },
}
