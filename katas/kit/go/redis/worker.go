// Package redis is what the Go implementations with a stream share: a worker that consumes it in
// the group of the workers, goes on after a broken connection, takes over from the dead, and drains.
package redis

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"sync"
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

// Message is an entry of a stream, as whoever published it wrote it.
type Message struct {
	// Entry is the number that Redis gave it: 1700000000000-0.
	Entry string
	// ID is the field id: the message's own, the same for a duplicate.
	ID string
	// Body is the field body: JSON, not parsed.
	Body []byte
	// Headers are all other fields.
	Headers map[string]string
	// Deliveries is how often Redis has handed it out, this time included: 1 for a new message.
	Deliveries int64
}

// Verdict is what becomes of a message: Ack, Requeue, or what MoveTo says.
type Verdict struct {
	requeue bool
	moveTo  string
	headers map[string]string
}

var (
	// Ack means done.
	Ack = Verdict{}
	// Requeue offers it again, at once.
	Requeue = Verdict{requeue: true}
)

// MoveTo puts it at the end of another stream, or of its own, with these headers besides its own.
// Moving and acknowledging are one step, and only one of several workers that hold the same message
// moves it.
func MoveTo(stream string, headers map[string]string) Verdict {
	return Verdict{moveTo: stream, headers: headers}
}

// Handler works on one message. An error means Requeue, after a pause. The client is there for
// other commands.
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
	stopped  chan struct{}
	slots    chan struct{}
	underWay sync.WaitGroup
	mutex    sync.Mutex
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

// Stop takes no more messages, finishes and settles those that it has, and closes.
func (w *Worker) Stop() {
	w.stop()
	<-w.stopped
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

// takeNew takes what nobody has been given yet. What the last read brings is worked on, too.
func (w *Worker) takeNew() error {
	read, err := w.client.XReadGroup(context.Background(), &streams.XReadGroupArgs{
		Group: group, Consumer: w.name, Streams: []string{w.Queue, ">"}, Count: w.free(), Block: block,
	}).Result()
	if errors.Is(err, streams.Nil) {
		return nil
	}
	for _, stream := range read {
		for _, entry := range stream.Messages {
			w.begin(messageOf(entry, 1))
		}
	}
	return err
}

// takePending takes what was handed out and is in nobody's hands: to this worker, in an answer that
// was lost, or to one that is dead. XAUTOCLAIM would do, but does not say how often a message was
// handed out.
func (w *Worker) takePending() error {
	ask := streams.XPendingExtArgs{Stream: w.Queue, Group: group, Start: "-", End: "+", Count: page}
	ofOwn, ofOthers := ask, ask
	ofOwn.Consumer = w.name
	ofOthers.Idle = w.ClaimIdle
	own, err := w.client.XPendingExt(context.Background(), &ofOwn).Result()
	if err != nil {
		return err
	}
	others, err := w.client.XPendingExt(context.Background(), &ofOthers).Result()
	if err != nil {
		return err
	}
	for _, one := range own {
		if !w.has(one.ID) && err == nil {
			err = w.claim(one, 0)
		}
	}
	for _, one := range others {
		if one.Consumer != w.name && err == nil {
			err = w.claim(one, w.ClaimIdle)
		}
	}
	return err
}

// claim takes one, if there is room: of two workers that claim the same at once, the second finds
// that it is not idle any more.
func (w *Worker) claim(pending streams.XPendingExt, idle time.Duration) error {
	if w.free() == 0 {
		return nil
	}
	claimed, err := w.client.XClaim(context.Background(), &streams.XClaimArgs{
		Stream: w.Queue, Group: group, Consumer: w.name, MinIdle: idle, Messages: []string{pending.ID},
	}).Result()
	for _, entry := range claimed {
		w.begin(messageOf(entry, pending.RetryCount+1))
	}
	return err
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
		verdict, err := w.Handle(context.Background(), message, w.client)
		if err != nil {
			log.Printf("message %s failed and is offered again: %v", message.ID, err)
			time.Sleep(requeuePause)
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

// again hands a message out once more, to this worker.
func (w *Worker) again(message Message) bool {
	is := false
	w.patiently(func(ctx context.Context) error {
		claimed, err := w.client.XClaim(ctx, &streams.XClaimArgs{
			Stream: w.Queue, Group: group, Consumer: w.name, Messages: []string{message.Entry},
		}).Result()
		is = len(claimed) == 1
		return err
	})
	return is
}

// Only who takes it from the pending ones moves it, so that it is moved once.
var settlement = streams.NewScript(`
local taken = redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
if taken == 1 then
  redis.call('XDEL', KEYS[1], ARGV[2])
  if KEYS[2] then redis.call('XADD', KEYS[2], '*', unpack(ARGV, 3)) end
end
return taken
`)

// settle may do it twice: the second time there is nothing left to acknowledge.
func (w *Worker) settle(message Message, verdict Verdict) {
	keys := []string{w.Queue}
	values := []interface{}{group, message.Entry}
	if verdict.moveTo != "" {
		keys = append(keys, verdict.moveTo)
		for name, value := range fieldsOf(message, verdict.headers) {
			values = append(values, name, value)
		}
	}
	w.patiently(func(ctx context.Context) error {
		return settlement.Eval(ctx, w.client, keys, values...).Err()
	})
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

// showLife claims what it has in hand once more, which does not count as handing it out.
func (w *Worker) showLife(alive context.Context) {
	for pause(alive, w.ClaimIdle/signsOfLife) == nil {
		if entries := w.all(); len(entries) > 0 {
			w.client.XClaimJustID(alive, &streams.XClaimArgs{
				Stream: w.Queue, Group: group, Consumer: w.name, Messages: entries,
			})
		}
	}
}

func (w *Worker) mark(entry string, isInHand bool) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if isInHand {
		w.inHand[entry] = true
	} else {
		delete(w.inHand, entry)
	}
}

func (w *Worker) has(entry string) bool {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.inHand[entry]
}

func (w *Worker) all() []string {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	entries := make([]string, 0, len(w.inHand))
	for entry := range w.inHand {
		entries = append(entries, entry)
	}
	return entries
}

func messageOf(entry streams.XMessage, deliveries int64) Message {
	message := Message{Entry: entry.ID, Headers: map[string]string{}, Deliveries: deliveries}
	for name, value := range entry.Values {
		text, _ := value.(string)
		switch name {
		case "id":
			message.ID = text
		case "body":
			message.Body = []byte(text)
		default:
			message.Headers[name] = text
		}
	}
	return message
}

func fieldsOf(message Message, headers map[string]string) map[string]string {
	fields := map[string]string{}
	for name, value := range message.Headers {
		fields[name] = value
	}
	for name, value := range headers {
		fields[name] = value
	}
	fields["id"], fields["body"] = message.ID, string(message.Body)
	return fields
}

func pause(ctx context.Context, duration time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(duration):
		return nil
	}
}
