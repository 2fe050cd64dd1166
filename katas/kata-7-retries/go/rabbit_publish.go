package main

import (
	"context"
	"strconv"
	"time"

	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit/amqp"
)

// publish returns once a queue has the message for good: only then may the original be acknowledged.
// Its error is amqp.ErrUnroutable where the queue is not there. A time to live of -1 is none.
func publish(ctx context.Context, channel *amqp.Channel, queue string, original rabbit.Delivery, headers rabbit.Table, ttl time.Duration) error {
	message := rabbit.Publishing{
		MessageId:   original.MessageId,
		ContentType: original.ContentType,
		Headers:     headers,
		Body:        original.Body,
	}
	if ttl >= 0 {
		message.Expiration = strconv.FormatInt(ttl.Milliseconds(), 10)
	}
	return channel.Publish(ctx, "", queue, message)
}

const noTTL = time.Duration(-1)

// giveUp leaves the message where somebody will look at it.
func giveUp(ctx context.Context, channel *amqp.Channel, original rabbit.Delivery, attempts int) error {
	return publish(ctx, channel, "work.failed", original, rabbit.Table{"x-attempts": int32(attempts)}, noTTL)
}

// attemptOf reads a header of our own: since RabbitMQ 4.0 nobody can publish an x-death that counts.
func attemptOf(message rabbit.Delivery) int {
	if attempt, is := message.Headers["x-attempt"].(int32); is {
		return int(attempt)
	}
	return 1
}
