package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit/amqp"
	"plan-lab/kit/redis"
)

const (
	retryQueue  = "work.retry"
	deadLetters = "work.dead"
	retryPause  = 200 * time.Millisecond
)

// dlxHeader sends the number of attempts along with the message, so that whoever comes next knows
// it: a copy with the header one higher waits in a queue that nobody consumes, whose dead-letter
// exchange takes it back to work; after the last attempt it goes to the dead letters, with the
// reason. The original is acknowledged once a queue has the copy for good; whoever crashes in between
// leaves two copies, and never none. Redis does both in one step, but lets nobody wait: there the
// copy goes straight to the end of the stream, and kata 7 shows how to have it wait.
var dlxHeader = strategy{
	onRabbitmq: func(ctx context.Context, message rabbit.Delivery, channel *amqp.Channel, reason string) (amqp.Verdict, error) {
		// A header may come as any kind of number.
		isLast, headers := next(fmt.Sprint(message.Headers["x-attempts"]), reason)
		to := deadLetters
		if !isLast {
			to = retryQueue
			if err := declareRetryQueue(channel); err != nil {
				return amqp.Requeue, err
			}
		}
		table := rabbit.Table{}
		for name, value := range headers {
			table[name] = value
		}
		return amqp.Ack, channel.Publish(ctx, "", to, rabbit.Publishing{
			Headers:     table,
			ContentType: message.ContentType,
			MessageId:   message.MessageId,
			Body:        message.Body,
		})
	},
	onRedis: func(message redis.Message, reason string) redis.Verdict {
		isLast, headers := next(message.Headers["x-attempts"], reason)
		if isLast {
			return redis.MoveTo(deadLetters, headers)
		}
		return redis.MoveTo(queue, headers)
	},
}

// next tells before, how many attempts there had been, if any.
func next(before, reason string) (isLast bool, headers map[string]string) {
	made, err := strconv.Atoi(before)
	if err != nil {
		made = 0
	}
	headers = map[string]string{"x-attempts": strconv.Itoa(made + 1)}
	if made+1 < attempts {
		return false, headers
	}
	headers["x-reason"] = reason
	return true, headers
}

// declareRetryQueue does so each time, for whoever may have deleted it. A classic queue would
// dead-letter at most once: what is on its way while the broker is killed is lost. A quorum queue can
// do it at least once.
func declareRetryQueue(channel *amqp.Channel) error {
	_, err := channel.QueueDeclare(retryQueue, true, false, false, false, rabbit.Table{
		"x-queue-type":              "quorum",
		"x-message-ttl":             retryPause.Milliseconds(),
		"x-dead-letter-exchange":    "",
		"x-dead-letter-routing-key": queue,
		"x-dead-letter-strategy":    "at-least-once",
		"x-overflow":                "reject-publish",
	})
	return err
}
