// Package amqp is what the Go implementations with a queue share: a worker that consumes, goes on
// after a broken connection, and drains.
package amqp

import (
	"context"
	"log"
	"net"
	"sync"
	"sync/atomic"
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
	// The contract gives five seconds from SIGTERM to the end.
	finishWithin = 3 * time.Second
)

// Verdict is what becomes of a message.
//
// RabbitMQ 4.3 and newer tell Requeue from Release: a quorum queue counts what is rejected against
// its delivery limit, and what is nacked (basic.nack) it does not count. Older versions count both.
// So what failed is rejected, on every version: nacked, it would come again for ever.
type Verdict int

const (
	// Ack means done.
	Ack Verdict = iota
	// Requeue means failed, and offered again.
	Requeue
	// Release hands it back as it came, not tried.
	Release
	// Discard gives it up, to the dead letters if the queue has any.
	Discard
)

// Handler works on one message. An error means Requeue, after a pause. The channel is there to
// publish. ctx is over when the worker is to end and this message still is not done: an error means
// Release then.
type Handler func(ctx context.Context, message rabbit.Delivery, channel *Channel) (Verdict, error)

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
	hurry   context.CancelFunc
	stopped chan struct{}
	// consuming is false while the broker is away, or has cancelled the consumer.
	consuming atomic.Bool
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
	unhurried, hurry := context.WithCancel(context.Background())
	worker := &Worker{stop: stop, hurry: hurry, stopped: make(chan struct{})}
	worker.consuming.Store(true)
	process := func(s *session, message rabbit.Delivery) {
		defer worker.underWay.Done()
		// What has begun is finished, also while the worker stops.
		s.process(unhurried, message, consumption.Handle)
	}
	go func() {
		defer close(worker.stopped)
		for current := first; ; {
			current.work(run, process, worker)
			if run.Err() != nil {
				return
			}
			if current, err = open(run, consumption); err != nil {
				return
			}
			worker.consuming.Store(true)
		}
	}()
	return worker, nil
}

// IsConsuming is false while nothing comes in: the broker is away, or has cancelled the consumer.
func (w *Worker) IsConsuming() bool {
	return w.consuming.Load()
}

// Stop takes no more messages, finishes and settles those that it has, and closes.
func (w *Worker) Stop() {
	w.stop()
	hurrying := time.AfterFunc(finishWithin, w.hurry)
	<-w.stopped
	hurrying.Stop()
	w.hurry()
}

// session is one connection's worth of work.
type session struct {
	connection *rabbit.Connection
	channel    *Channel
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
	if opened.channel, err = OpenChannel(connection); err == nil {
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
func (s *session) work(ctx context.Context, process func(*session, rabbit.Delivery), worker *Worker) {
	defer func() { _ = s.connection.Close() }()
	for {
		select {
		case <-ctx.Done():
			// What comes from now on is not touched; the broker takes it back at the end.
			_ = s.channel.Cancel(consumerTag, false)
			worker.underWay.Wait()
			return
		case message, open := <-s.deliveries:
			worker.consuming.Store(open)
			if !open && s.channel.IsClosed() {
				log.Print("the connection to the broker broke")
				return
			}
			if !open {
				// The broker has cancelled the consumer, as it does where the queue is deleted or moves
				// to another node. What is in hand can still be settled here.
				log.Print("the broker cancelled the consumer")
				worker.underWay.Wait()
				return
			}
			worker.underWay.Add(1)
			go process(s, message)
		}
	}
}

func (s *session) process(ctx context.Context, message rabbit.Delivery, handle Handler) {
	verdict, err := handle(ctx, message, s.channel)
	if err != nil {
		log.Printf("message %s failed and is offered again: %v", message.MessageId, err)
		verdict = verdictOn(ctx)
	}
	// An error here means that the channel is gone, and with it the right to settle: the message is
	// delivered again.
	switch verdict {
	case Ack:
		_ = message.Ack(false)
	case Requeue:
		_ = message.Reject(true)
	case Release:
		_ = message.Nack(false, true)
	default:
		_ = message.Reject(false)
	}
}

// verdictOn an error: what was broken off in a hurry has not failed.
func verdictOn(ctx context.Context) Verdict {
	if ctx.Err() != nil {
		return Release
	}
	time.Sleep(requeuePause)
	return Requeue
}

func min(a, b time.Duration) time.Duration {
	if a < b {
		return a
	}
	return b
}
