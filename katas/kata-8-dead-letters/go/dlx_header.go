package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit/amqp"
)

const attempts = 3

var errNotConfirmed = errors.New("the broker did not confirm the copy")

// dlxHeader sends the number of attempts along with the message, so that whoever comes next knows
// it: a copy with the header one higher goes to the end of the queue, and after the last attempt to
// the dead letters, with the reason. The original is acknowledged once the broker has confirmed the
// copy; whoever crashes in between leaves two copies, and never none.
func dlxHeader(ctx context.Context, message rabbit.Delivery, channel *rabbit.Channel, reason string) (amqp.Verdict, error) {
	made := attemptsOf(message) + 1
	queue, headers := "work", rabbit.Table{"x-attempts": int64(made)}
	if made >= attempts {
		queue, headers["x-reason"] = "work.dead", reason
	}
	if err := publishConfirmed(ctx, channel, queue, message, headers); err != nil {
		return amqp.Requeue, err
	}
	return amqp.Ack, nil
}

// attemptsOf is 0 for a message that nobody has tried yet. A header may come as any kind of number.
func attemptsOf(message rabbit.Delivery) int {
	made, err := strconv.Atoi(fmt.Sprint(message.Headers["x-attempts"]))
	if err != nil {
		return 0
	}
	return made
}

// publishConfirmed sends the same body and message_id, on disk, and waits for the broker's word.
func publishConfirmed(ctx context.Context, channel *rabbit.Channel, queue string, message rabbit.Delivery, headers rabbit.Table) error {
	confirm, err := channel.PublishWithDeferredConfirmWithContext(ctx, "", queue, false, false, rabbit.Publishing{
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
