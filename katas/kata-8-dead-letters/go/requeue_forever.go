package main

import (
	"context"

	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit/amqp"
	"plan-lab/kit/redis"
)

// requeueForever gives it back to the head of the queue, from where it is delivered again at once: a
// loop as fast as the network. A few of them occupy every place that the prefetch gives, and nothing
// else moves.
var requeueForever = strategy{
	onRabbitmq: func(context.Context, rabbit.Delivery, *amqp.Channel, string) (amqp.Verdict, error) {
		return amqp.Requeue, nil
	},
	onRedis: func(redis.Message, string) redis.Verdict { return redis.Requeue },
}
