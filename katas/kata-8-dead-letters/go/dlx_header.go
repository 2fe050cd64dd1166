package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit/amqp"
	"plan-lab/kit/redis"
)

// dlxHeader sends the number of attempts along with the message, so that whoever comes next knows
// it: a copy with the header one higher goes to the end of the queue, and after the last attempt to
// the dead letters, with the reason. The original is acknowledged once the broker has confirmed the
// copy; whoever crashes in between leaves two copies, and never none. Redis does both in one step.
var dlxHeader = strategy{
	onRabbitmq: func(ctx context.Context, message rabbit.Delivery, channel *rabbit.Channel, reason string) (amqp.Verdict, error) {
		// A header may come as any kind of number.
		to, headers := next(fmt.Sprint(message.Headers["x-attempts"]), reason)
		table := rabbit.Table{}
		for name, value := range headers {
			table[name] = value
		}
		if err := publishConfirmed(ctx, channel, to, message, table); err != nil {
			return amqp.Requeue, err
		}
		return amqp.Ack, nil
	},
	onRedis: func(message redis.Message, reason string) redis.Verdict {
		return redis.MoveTo(next(message.Headers["x-attempts"], reason))
	},
}

// next says where it goes now, before being how many attempts there had been, if any.
func next(before, reason string) (to string, headers map[string]string) {
	made, err := strconv.Atoi(before)
	if err != nil {
		made = 0
	}
	headers = map[string]string{"x-attempts": strconv.Itoa(made + 1)}
	if made+1 < attempts {
		return queue, headers
	}
	headers["x-reason"] = reason
	return "work.dead", headers
}

var errNotConfirmed = errors.New("the broker did not confirm the copy")

// publishConfirmed sends the same body and message_id, on disk, and waits for the broker's word.
func publishConfirmed(ctx context.Context, channel *rabbit.Channel, to string, message rabbit.Delivery, headers rabbit.Table) error {
	confirm, err := channel.PublishWithDeferredConfirmWithContext(ctx, "", to, false, false, rabbit.Publishing{
		Headers:      headers,
		ContentType:  message.ContentType,
		DeliveryMode: rabbit.Persistent,
		MessageId:    message.MessageId,
		Body:         message.Body,
	})
	if err != nil {
		return err
	}
	confirmed, err := confirm.WaitContext(ctx)
	if err == nil && !confirmed {
		err = errNotConfirmed
	}
	return err
}
