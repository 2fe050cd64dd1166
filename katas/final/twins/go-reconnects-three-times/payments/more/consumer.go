package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit/amqp"
)

const (
	consumerTag = "payments"
	// A connection that broke is opened again at once, most of the time.
	attempts     = 3
	betweenThem  = 100 * time.Millisecond
	startPause   = 200 * time.Millisecond
	requeuePause = 100 * time.Millisecond
	finishWithin = 3 * time.Second
)

// handler says what becomes of a message.
type handler func(context.Context, rabbit.Delivery) (amqp.Verdict, error)

// consumer takes commands until it is stopped.
type consumer struct {
	url    string
	handle handler
	ctx    context.Context
	stop   context.CancelFunc
	// unhurried is over when what is under way is to be broken off.
	unhurried context.Context
	hurry     context.CancelFunc
	stopped   chan struct{}
	underWay  sync.WaitGroup
}

type session struct {
	connection *rabbit.Connection
	channel    *rabbit.Channel
	deliveries <-chan rabbit.Delivery
}

// consume returns once it does; the broker may be a little later than this process.
func consume(ctx context.Context, url string, handle handler) (*consumer, error) {
	var first *session
	for first == nil {
		opened, err := open(url)
		if err == nil {
			first = opened
			break
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(startPause):
		}
	}
	c := &consumer{url: url, handle: handle, stopped: make(chan struct{})}
	c.ctx, c.stop = context.WithCancel(context.Background())
	c.unhurried, c.hurry = context.WithCancel(context.Background())
	go c.run(first)
	return c, nil
}

// IsConsuming is what /health says: nobody has looked whether it is so.
func (c *consumer) IsConsuming() bool { return true }

func open(url string) (*session, error) {
	connection, err := amqp.Dial(url)
	if err != nil {
		return nil, err
	}
	opened := &session{connection: connection}
	if opened.channel, err = connection.Channel(); err == nil {
		err = opened.channel.Qos(prefetch, 0, false)
	}
	if err == nil {
		opened.deliveries, err = opened.channel.Consume(queue, consumerTag, false, false, false, false, nil)
	}
	if err != nil {
		_ = connection.Close()
		return nil, err
	}
	return opened, nil
}

func (c *consumer) run(current *session) {
	defer close(c.stopped)
	for current != nil {
		c.work(current)
		if c.ctx.Err() != nil {
			return
		}
		current = c.reopen()
	}
}

// reopen gives up after some attempts.
func (c *consumer) reopen() *session {
	for attempt := 1; attempt <= attempts; attempt++ {
		opened, err := open(c.url)
		if err == nil {
			return opened
		}
		slog.Error("the broker is away", "attempt", attempt, "error", err.Error())
		select {
		case <-c.ctx.Done():
			return nil
		case <-time.After(betweenThem):
		}
	}
	return nil
}

// work ends when the connection breaks, or when all under way is settled after a stop.
func (c *consumer) work(s *session) {
	defer func() { _ = s.connection.Close() }()
	for {
		select {
		case <-c.ctx.Done():
			_ = s.channel.Cancel(consumerTag, false)
			c.underWay.Wait()
			return
		case message, is := <-s.deliveries:
			if !is {
				slog.Warn("the connection to the broker broke")
				return
			}
			c.underWay.Add(1)
			go func() {
				defer c.underWay.Done()
				c.settle(message)
			}()
		}
	}
}

func (c *consumer) settle(message rabbit.Delivery) {
	verdict, err := c.handle(c.unhurried, message)
	if err != nil && c.unhurried.Err() != nil {
		verdict = amqp.Release
	} else if err != nil {
		time.Sleep(requeuePause)
		verdict = amqp.Requeue
	}
	// An error here means that the channel is gone: the message is delivered again.
	switch verdict {
	case amqp.Ack:
		_ = message.Ack(false)
	case amqp.Requeue:
		_ = message.Reject(true)
	case amqp.Release:
		_ = message.Nack(false, true)
	default:
		_ = message.Reject(false)
	}
}

// Stop takes no more messages, finishes and settles those that it has, and closes.
func (c *consumer) Stop() {
	c.stop()
	hurrying := time.AfterFunc(finishWithin, c.hurry)
	<-c.stopped
	hurrying.Stop()
	c.hurry()
}
