// Package amqp is what the Go implementations with a queue share: a worker that consumes, goes on
// after a broken connection, and drains.
package amqp

import (
	"context"
	"log"
	"net"
	"sync"
	"time"

	rabbit "github.com/rabbitmq/amqp091-go"
)

const (
	// The broker may restart: the first attempts come fast, and none comes later than the longest.
	firstPause   = 50 * time.Millisecond
	longestPause = time.Second
	// A message that failed is not offered again at once: whatever failed needs a moment, too.
	requeuePause = 100 * time.Millisecond
	heartbeat    = 10 * time.Second
	dialWithin   = 5 * time.Second
)

// Verdict is what becomes of a message.
type Verdict int

const (
	// Ack means done.
	Ack Verdict = iota
	// Requeue offers it again.
	Requeue
	// Discard gives it up, to the dead letters if the queue has any.
	Discard
)

// Handler works on one message. An error means Requeue, after a pause. The channel is there to
// publish; it is in confirm mode.
type Handler func(ctx context.Context, message rabbit.Delivery, channel *rabbit.Channel) (Verdict, error)

// Consumption says what a worker does.
type Consumption struct {
	URL string
	// Queue is there already: who declares it with other arguments is refused.
	Queue string
	// Prefetch is how many messages are worked on at once.
	Prefetch int
	Handle   Handler
}

// Worker consumes until it is stopped.
type Worker struct {
	stop    context.CancelFunc
	stopped chan struct{}
	// Of broken connections, too: what has begun is finished.
	underWay sync.WaitGroup
}

// Start returns once it consumes; ctx is about starting only.
func Start(ctx context.Context, consumption Consumption) (*Worker, error) {
	run, stop := context.WithCancel(context.Background())
	first, err := open(ctx, consumption)
	if err != nil {
		stop()
		return nil, err
	}
	worker := &Worker{stop: stop, stopped: make(chan struct{})}
	go func() {
		defer close(worker.stopped)
		for current := first; ; {
			current.work(run, consumption.Handle, &worker.underWay)
			if run.Err() != nil {
				return
			}
			if current, err = open(run, consumption); err != nil {
				return
			}
		}
	}()
	return worker, nil
}

// Stop takes no more messages, finishes and settles those that it has, and closes.
func (w *Worker) Stop() {
	w.stop()
	<-w.stopped
}

// session is one connection's worth of work.
type session struct {
	connection *rabbit.Connection
	channel    *rabbit.Channel
	deliveries <-chan rabbit.Delivery
}

// open tries until the broker is there and its queue is consumed.
func open(ctx context.Context, consumption Consumption) (*session, error) {
	for pause := firstPause; ; pause = min(2*pause, longestPause) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		opened, err := tryOpen(consumption)
		if err == nil {
			return opened, nil
		}
		log.Printf("the broker is not there yet: %v", err)
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

const consumerTag = "worker"

func tryOpen(consumption Consumption) (*session, error) {
	connection, err := Dial(consumption.URL)
	if err != nil {
		return nil, err
	}
	opened := &session{connection: connection}
	if opened.channel, err = connection.Channel(); err == nil {
		err = opened.channel.Confirm(false)
	}
	if err == nil {
		err = opened.channel.Qos(consumption.Prefetch, 0, false)
	}
	if err == nil {
		opened.deliveries, err = opened.channel.Consume(consumption.Queue, consumerTag, false, false, false, false, nil)
	}
	if err != nil {
		_ = connection.Close()
		return nil, err
	}
	return opened, nil
}

// Dial connects once.
func Dial(url string) (*rabbit.Connection, error) {
	return rabbit.DialConfig(url, rabbit.Config{
		Heartbeat: heartbeat,
		Dial: func(network, address string) (net.Conn, error) {
			return net.DialTimeout(network, address, dialWithin)
		},
	})
}

// work ends when the connection breaks, or when ctx is over and everything under way is settled.
func (s *session) work(ctx context.Context, handle Handler, underWay *sync.WaitGroup) {
	defer func() { _ = s.connection.Close() }()
	for {
		select {
		case <-ctx.Done():
			// What comes from now on is not touched; the broker takes it back at the end.
			_ = s.channel.Cancel(consumerTag, false)
			underWay.Wait()
			return
		case message, open := <-s.deliveries:
			if !open {
				log.Print("the connection to the broker broke")
				return
			}
			underWay.Add(1)
			go func() {
				defer underWay.Done()
				s.process(message, handle)
			}()
		}
	}
}

func (s *session) process(message rabbit.Delivery, handle Handler) {
	// What has begun is finished, also while the worker stops.
	verdict, err := handle(context.Background(), message, s.channel)
	if err != nil {
		log.Printf("message %s failed and is offered again: %v", message.MessageId, err)
		time.Sleep(requeuePause)
		verdict = Requeue
	}
	// An error here means that the channel is gone, and with it the right to settle: the message is
	// delivered again.
	switch verdict {
	case Ack:
		_ = message.Ack(false)
	case Requeue:
		_ = message.Nack(false, true)
	default:
		_ = message.Nack(false, false)
	}
}

func min(a, b time.Duration) time.Duration {
	if a < b {
		return a
	}
	return b
}
