// Package redis is what the Go implementations with a stream share: a worker that consumes it in
// the group of the workers, goes on after a broken connection, takes over from the dead, and drains.
package redis

import (
	"context"
	"fmt"
	"log"
	"os"
	"sync"
	"sync/atomic"
	"time"

	streams "github.com/redis/go-redis/v9"
)

const (
	// The consumer group of every stream; it is there before any program starts.
	group = "workers"
	// The broker may restart, and is asked again this soon.
	retryPause = 50 * time.Millisecond
	// A message that failed is not offered again at once: whatever failed needs a moment, too.
	requeuePause = 100 * time.Millisecond
	// The contract gives five seconds from SIGTERM to the end.
	finishWithin = 3 * time.Second
	// How long a read waits for a message; a worker that stops waits for the last read to end.
	block = 250 * time.Millisecond
	// Who holds a message says so this often before the others may take it for dead.
	signsOfLife = 4
	// And looks as often for what the dead hold.
	looks     = 4
	claimIdle = 3 * time.Second
	// How many of the pending messages are looked at in one go.
	page = 100
)

// Handler works on one message. An error means Requeue, after a pause. The client is there for
// other commands. ctx is over when the worker is to end and this message still is not done: it stays
// pending then.
type Handler func(ctx context.Context, message Message, client *streams.Client) (Verdict, error)

// Consumption says what a worker does.
type Consumption struct {
	URL string
	// Queue is the stream.
	Queue string
	// Prefetch is how many messages are worked on at once.
	Prefetch int
	Handle   Handler
	// ClaimIdle, 3 s where it is zero: a message that somebody holds and shows no sign of life for
	// so long is taken over, for its worker is dead.
	ClaimIdle time.Duration
}

// Worker consumes until it is stopped.
type Worker struct {
	Consumption
	client *streams.Client
	// Nobody else's, so that what a dead one held is told from what this one has in hand.
	name     string
	stopping context.Context
	stop     context.CancelFunc
	// unhurried is over when what is under way must end.
	unhurried context.Context
	hurry     context.CancelFunc
	stopped   chan struct{}
	// consuming is what the last read came to.
	consuming atomic.Bool
	slots     chan struct{}
	underWay  sync.WaitGroup
	mutex     sync.Mutex
	// By entry.
	inHand map[string]bool
}

// Start returns once it consumes; ctx is about starting only.
func Start(ctx context.Context, consumption Consumption) (*Worker, error) {
	client, err := Open(consumption.URL)
	if err != nil {
		return nil, err
	}
	if consumption.ClaimIdle == 0 {
		consumption.ClaimIdle = claimIdle
	}
	w := &Worker{
		Consumption: consumption,
		client:      client,
		name:        fmt.Sprintf("%d-%x", os.Getpid(), time.Now().UnixNano()),
		stopped:     make(chan struct{}),
		slots:       make(chan struct{}, consumption.Prefetch),
		inHand:      map[string]bool{},
	}
	for {
		if err = client.XPending(ctx, consumption.Queue, group).Err(); err == nil {
			break
		}
		log.Printf("the broker is not there yet: %v", err)
		if err = pause(ctx, retryPause); err != nil {
			_ = client.Close()
			return nil, err
		}
	}
	w.stopping, w.stop = context.WithCancel(context.Background())
	w.unhurried, w.hurry = context.WithCancel(context.Background())
	w.consuming.Store(true)
	go w.consume()
	return w, nil
}

// Open makes a client that connects, and connects again, by itself.
func Open(url string) (*streams.Client, error) {
	options, err := streams.ParseURL(url)
	if err != nil {
		return nil, err
	}
	// What a command came to is for its caller to decide.
	options.MaxRetries = -1
	return streams.NewClient(options), nil
}

// IsConsuming is false while Redis is away: nothing comes in then.
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
	_ = w.client.Close()
}

func (w *Worker) consume() {
	defer close(w.stopped)
	alive, over := context.WithCancel(context.Background())
	defer over()
	go w.showLife(alive)
	var nextLook time.Time
	for w.waitForSlot() {
		var err error
		if time.Now().After(nextLook) {
			err = w.takePending()
			nextLook = time.Now().Add(w.ClaimIdle / looks)
		}
		if err == nil && len(w.slots) < cap(w.slots) {
			err = w.takeNew()
		}
		w.consuming.Store(err == nil)
		if err != nil {
			log.Printf("consuming does not work: %v", err)
			// What was handed out in an answer that never came is pending, and this worker's.
			nextLook = time.Time{}
			_ = pause(w.stopping, retryPause)
		}
	}
	w.underWay.Wait()
}

// waitForSlot is false once the worker is to stop.
func (w *Worker) waitForSlot() bool {
	select {
	case <-w.stopping.Done():
		return false
	case w.slots <- struct{}{}:
		<-w.slots
		return w.stopping.Err() == nil
	}
}

func (w *Worker) free() int64 {
	return int64(cap(w.slots) - len(w.slots))
}

func (w *Worker) begin(message Message) {
	w.slots <- struct{}{}
	w.underWay.Add(1)
	w.mark(message.Entry, true)
	go func() {
		defer func() {
			w.mark(message.Entry, false)
			w.underWay.Done()
			<-w.slots
		}()
		w.process(message)
	}()
}

func (w *Worker) process(message Message) {
	for ; ; message.Deliveries++ {
		// What has begun is finished, also while the worker stops.
		verdict, err := w.Handle(w.unhurried, message, w.client)
		if err != nil {
			log.Printf("message %s failed and is offered again: %v", message.ID, err)
			_ = pause(w.unhurried, requeuePause)
			verdict = Requeue
		}
		if !verdict.requeue {
			w.settle(message, verdict)
			return
		}
		// It stays pending, for the others.
		if w.stopping.Err() != nil || !w.again(message) {
			return
		}
	}
}

// patiently tries until it works; a worker that is to stop does not wait for a broker that is down.
func (w *Worker) patiently(work func(ctx context.Context) error) {
	for {
		err := work(context.Background())
		if err == nil {
			return
		}
		log.Printf("Redis does not do it: %v", err)
		if pause(w.stopping, retryPause) != nil {
			return
		}
	}
}

func pause(ctx context.Context, duration time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(duration):
		return nil
	}
}
