package main

import (
	"context"
	"errors"
	"strconv"
	"time"

	rabbit "github.com/rabbitmq/amqp091-go"
)

var errNotTaken = errors.New("the broker did not take the message")

// publish returns once the broker has the message for good: only then may the original be
// acknowledged. A time to live of -1 is none.
func publish(ctx context.Context, channel *rabbit.Channel, queue string, original rabbit.Delivery, headers rabbit.Table, ttl time.Duration) error {
	message := rabbit.Publishing{
		MessageId:    original.MessageId,
		ContentType:  original.ContentType,
		DeliveryMode: rabbit.Persistent,
		Headers:      headers,
		Body:         original.Body,
	}
	if ttl >= 0 {
		message.Expiration = strconv.FormatInt(ttl.Milliseconds(), 10)
	}
	confirm, err := channel.PublishWithDeferredConfirmWithContext(ctx, "", queue, false, false, message)
	if err != nil {
		return err
	}
	taken, err := confirm.WaitContext(ctx)
	if err == nil && !taken {
		err = errNotTaken
	}
	return err
}

const noTTL = time.Duration(-1)

// giveUp leaves the message where somebody will look at it.
func giveUp(ctx context.Context, channel *rabbit.Channel, original rabbit.Delivery, attempts int) error {
	return publish(ctx, channel, "work.failed", original, rabbit.Table{"x-attempts": int32(attempts)}, noTTL)
}

// attemptOf reads a header of our own: since RabbitMQ 4.0 nobody can publish an x-death that counts.
func attemptOf(message rabbit.Delivery) int {
	if attempt, is := message.Headers["x-attempt"].(int32); is {
		return int(attempt)
	}
	return 1
}
