package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit/amqp"
)

const (
	// Jitter is rounded down to this, so that there are not as many queues as milliseconds.
	step = 40 * time.Millisecond
	// A queue that nobody has declared for so long is taken away by the broker, with all it holds.
	expires      = 10 * time.Minute
	declareAgain = time.Minute
)

// rabbitDelayQueues lets the broker wait: a queue for each delay, where a message lies until it is as old
// as all others in there must become, and from where it goes back to work. The worker has its hands
// free, and the number of the attempt travels with the message.
func rabbitDelayQueues(p plan) amqp.Handler {
	queues := &declarations{at: map[string]time.Time{}}
	return func(ctx context.Context, message rabbit.Delivery, channel *rabbit.Channel) (amqp.Verdict, error) {
		attempt := attemptOf(message)
		if p.charge(ctx, message.MessageId) {
			return amqp.Ack, nil
		}
		if attempt >= p.attempts {
			return amqp.Ack, giveUp(ctx, channel, message, attempt)
		}
		queue, err := queues.forDelay(channel, rounded(p.backoff(attempt)))
		if err == nil {
			err = publish(ctx, channel, queue, message, rabbit.Table{"x-attempt": int32(attempt + 1)}, noTTL)
		}
		return amqp.Ack, err
	}
}

// rounded leaves whole milliseconds, as the strategies without jitter say them, as they are.
func rounded(wait time.Duration) time.Duration {
	if wait%time.Millisecond == 0 {
		return wait
	}
	return wait.Truncate(step)
}

// declarations of one channel: on a new one, all is declared anew.
type declarations struct {
	lock    sync.Mutex
	channel *rabbit.Channel
	at      map[string]time.Time
}

func (d *declarations) forDelay(channel *rabbit.Channel, wait time.Duration) (string, error) {
	d.lock.Lock()
	defer d.lock.Unlock()
	if d.channel != channel {
		d.channel, d.at = channel, map[string]time.Time{}
	}
	name := fmt.Sprintf("work.delay.%d", wait.Milliseconds())
	if time.Since(d.at[name]) < declareAgain {
		return name, nil
	}
	_, err := channel.QueueDeclare(name, true, false, false, false, rabbit.Table{
		"x-message-ttl":             wait.Milliseconds(),
		"x-dead-letter-exchange":    "",
		"x-dead-letter-routing-key": "work",
		"x-expires":                 (wait + expires).Milliseconds(),
	})
	if err == nil {
		d.at[name] = time.Now()
	}
	return name, err
}
