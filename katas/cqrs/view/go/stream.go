package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log"
	"sync"
	"time"

	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit/amqp"
)

const (
	mostAtOnce = 100
	againAfter = 100 * time.Millisecond
	consumer   = "view"
)

// entry is one message of a stream, and its place in it.
type entry struct {
	offset  int64
	message rabbit.Delivery
}

type following struct {
	url string
	// next is the offset to begin with: what is stored knows it.
	next func(context.Context) (int64, error)
	// fold does the effects and notes the new place, in one transaction. What fails comes again.
	fold func(context.Context, []entry) error
}

// follower reads a stream from where the last one stopped, and goes on after a broken connection.
//
// Nobody tells a consumer that a stream has no more to give. So each connection begins with an entry of
// its own: once that has come back, everything that was told before it has been folded.
type follower struct {
	following
	stop    context.CancelFunc
	stopped chan struct{}

	lock      sync.Mutex
	consuming bool
	current   bool
	// lostAt is when it was current for the last time; zero where it never was.
	lostAt time.Time
	// folded is closed, and another put in its place, as something was folded.
	folded chan struct{}
}

func follow(f following) *follower {
	ctx, stop := context.WithCancel(context.Background())
	started := &follower{following: f, stop: stop, stopped: make(chan struct{}), folded: make(chan struct{})}
	go started.run(ctx)
	return started
}

func (f *follower) Stop() {
	f.stop()
	<-f.stopped
}

func (f *follower) IsConsuming() bool {
	f.lock.Lock()
	defer f.lock.Unlock()
	return f.consuming
}

// age is 0 while all that was told has been folded; since when not; and false where it never was.
func (f *follower) age() (time.Duration, bool) {
	f.lock.Lock()
	defer f.lock.Unlock()
	if f.current {
		return 0, true
	}
	return time.Since(f.lostAt), !f.lostAt.IsZero()
}

// nextFold is closed as something is folded from here on.
func (f *follower) nextFold() <-chan struct{} {
	f.lock.Lock()
	defer f.lock.Unlock()
	return f.folded
}

func (f *follower) run(ctx context.Context) {
	defer close(f.stopped)
	for ctx.Err() == nil {
		if err := f.session(ctx); err != nil {
			log.Printf("following does not work yet: %v", err)
		}
		f.lose()
		select {
		case <-ctx.Done():
		case <-time.After(againAfter):
		}
	}
}

func (f *follower) lose() {
	f.lock.Lock()
	defer f.lock.Unlock()
	if f.current {
		f.lostAt = time.Now()
	}
	f.consuming, f.current = false, false
}

// session is one connection's worth; what is in hand is folded to its end.
func (f *follower) session(ctx context.Context) error {
	connection, err := amqp.Dial(f.url)
	if err != nil {
		return err
	}
	defer func() { _ = connection.CloseDeadline(time.Now().Add(time.Second)) }()
	channel, err := connection.Channel()
	if err != nil {
		return err
	}
	if err := channel.Qos(mostAtOnce, 0, false); err != nil {
		return err
	}
	next, err := f.next(ctx)
	if err != nil {
		return err
	}
	from := rabbit.Table{"x-stream-offset": next}
	deliveries, err := channel.Consume(stream, consumer, false, false, false, false, from)
	if err != nil {
		return err
	}
	f.lock.Lock()
	f.consuming = true
	f.lock.Unlock()
	// Whoever is slow to fold must hear at once that the connection is gone.
	gone := connection.NotifyClose(make(chan *rabbit.Error, 1))
	over := make(chan struct{})
	defer close(over)
	go func() {
		select {
		case <-gone:
			f.lose()
		case <-over:
		}
	}()
	mark := name()
	err = channel.PublishWithContext(ctx, "", stream, false, false,
		rabbit.Publishing{MessageId: mark, DeliveryMode: rabbit.Persistent, Body: []byte("{}")})
	if err != nil {
		return err
	}
	return f.work(ctx, channel, deliveries, mark)
}

func (f *follower) work(ctx context.Context, channel *rabbit.Channel, deliveries <-chan rabbit.Delivery, mark string) error {
	for {
		entries, open := take(ctx, deliveries)
		if len(entries) == 0 {
			return nil
		}
		for f.fold(ctx, entries) != nil {
			if ctx.Err() != nil || channel.IsClosed() {
				return nil
			}
			time.Sleep(againAfter)
		}
		if err := entries[len(entries)-1].message.Ack(true); err != nil {
			return err
		}
		f.note(entries, mark, channel)
		if !open {
			return nil
		}
	}
}

func (f *follower) note(entries []entry, mark string, channel *rabbit.Channel) {
	f.lock.Lock()
	defer f.lock.Unlock()
	for _, one := range entries {
		// One that came back on a connection that is gone says nothing any more.
		if one.message.MessageId == mark && !channel.IsClosed() {
			f.current = true
		}
	}
	close(f.folded)
	f.folded = make(chan struct{})
}

// take waits for one, and takes all that are there with it; none where it is over.
func take(ctx context.Context, deliveries <-chan rabbit.Delivery) (entries []entry, open bool) {
	var first rabbit.Delivery
	select {
	case <-ctx.Done():
		return nil, false
	case first, open = <-deliveries:
		if !open {
			return nil, false
		}
	}
	entries = []entry{{offsetOf(first), first}}
	for len(entries) < mostAtOnce {
		select {
		case message, open := <-deliveries:
			if !open {
				return entries, false
			}
			entries = append(entries, entry{offsetOf(message), message})
		default:
			return entries, true
		}
	}
	return entries, true
}

func offsetOf(message rabbit.Delivery) int64 {
	offset, _ := message.Headers["x-stream-offset"].(int64)
	return offset
}

func name() string {
	random := make([]byte, 16)
	_, _ = rand.Read(random)
	return hex.EncodeToString(random)
}
