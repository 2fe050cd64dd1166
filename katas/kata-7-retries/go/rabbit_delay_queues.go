package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit/amqp"
)

const (
	// Jitter is rounded down to this, so that there are not as many queues as milliseconds.
	step = 40 * time.Millisecond
	// A queue that nobody has declared for so long is taken away by the broker, with all it holds
	// (which nothing does for so long).
	expires      = 10 * time.Minute
	declareAgain = time.Minute
)

// rabbitDelayQueues lets the broker wait: a queue for each delay, where a message lies until it is
// as old as all others in there must become, and from where it goes back to work. The worker has its
// hands free, and the number of the attempt travels with the message.
func rabbitDelayQueues(p plan, queues *delayQueues) amqp.Handler {
	return func(ctx context.Context, message rabbit.Delivery, channel *amqp.Channel) (amqp.Verdict, error) {
		attempt := attemptOf(message)
		came := p.charge(ctx, message.MessageId)
		if came == charged {
			return amqp.Ack, nil
		}
		if came == refused || attempt >= p.attempts {
			return amqp.Ack, giveUp(ctx, channel, message, attempt)
		}
		wait := rounded(p.backoff(attempt))
		err := queues.put(ctx, channel, message, wait, attempt+1)
		if errors.Is(err, amqp.ErrUnroutable) {
			// The queue is gone, by whosever hand: it only needs to be declared anew.
			queues.forget(wait)
			err = queues.put(ctx, channel, message, wait, attempt+1)
		}
		return amqp.Ack, err
	}
}

func (d *delayQueues) put(ctx context.Context, channel *amqp.Channel, message rabbit.Delivery, wait time.Duration, attempt int) error {
	queue, err := d.forDelay(channel, wait)
	if err != nil {
		return err
	}
	return publish(ctx, channel, queue, message, rabbit.Table{"x-attempt": int32(attempt)}, noTTL)
}

// prepare declares all queues that may be needed: a new one takes its time, and the first message to
// wait would wait for it.
func (d *delayQueues) prepare(url string, p plan) error {
	connection, err := amqp.Dial(url)
	if err != nil {
		return err
	}
	defer func() { _ = connection.Close() }()
	channel, err := amqp.OpenChannel(connection)
	if err != nil {
		return err
	}
	for _, wait := range delays(p) {
		if _, err := d.forDelay(channel, wait); err != nil {
			return err
		}
	}
	return nil
}

// delays are those of all attempts, or for jitter all that it may be rounded to.
func delays(p plan) []time.Duration {
	var first, steps []time.Duration
	isWhole := true
	for failed := 1; failed < p.attempts; failed++ {
		wait := p.backoff(failed)
		first = append(first, wait)
		isWhole = isWhole && wait%time.Millisecond == 0
	}
	if isWhole {
		return first
	}
	for wait := time.Duration(0); wait <= p.longest; wait += step {
		steps = append(steps, wait)
	}
	return steps
}

// rounded leaves whole milliseconds, as the strategies without jitter say them, as they are.
func rounded(wait time.Duration) time.Duration {
	if wait%time.Millisecond == 0 {
		return wait
	}
	return wait.Truncate(step)
}

// delayQueues remembers when it declared which queue.
type delayQueues struct {
	lock sync.Mutex
	at   map[time.Duration]time.Time
}

func newDelayQueues() *delayQueues {
	return &delayQueues{at: map[time.Duration]time.Time{}}
}

func (d *delayQueues) forget(wait time.Duration) {
	d.lock.Lock()
	defer d.lock.Unlock()
	delete(d.at, wait)
}

func (d *delayQueues) forDelay(channel *amqp.Channel, wait time.Duration) (string, error) {
	d.lock.Lock()
	defer d.lock.Unlock()
	name := fmt.Sprintf("work.delay.%d", wait.Milliseconds())
	if time.Since(d.at[wait]) < declareAgain {
		return name, nil
	}
	_, err := channel.QueueDeclare(name, true, false, false, false, rabbit.Table{
		"x-message-ttl":             wait.Milliseconds(),
		"x-dead-letter-exchange":    "",
		"x-dead-letter-routing-key": "work",
		"x-expires":                 (wait + expires).Milliseconds(),
	})
	if err == nil {
		d.at[wait] = time.Now()
	}
	return name, err
}
