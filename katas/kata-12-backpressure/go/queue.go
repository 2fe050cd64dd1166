package main

import (
	"context"
	"log"
	"sync"
	"time"
)

type options struct {
	// limit is how many may wait; those in hand are not among them.
	limit   int
	workers int
	// service is how long a job takes.
	service time.Duration
	// wait is how long block waits for a place.
	wait time.Duration
}

const (
	waiting = "waiting"
	done    = "done"
	dropped = "dropped"
)

// queue is jobs that wait, in the order in which they came, and workers that do them. To look whether
// there is a place and to take it is one step, under one lock: in between others would come.
type queue struct {
	options
	work work

	lock    sync.Mutex
	waiting []string
	states  map[string]string
	inHand  int
	// hopeful are those that wait for a place, each told once.
	hopeful []chan struct{}
	idle    *sync.Cond
}

func newQueue(options options, work work) *queue {
	q := &queue{options: options, work: work, states: map[string]string{}}
	q.idle = sync.NewCond(&q.lock)
	return q
}

// full is asked, as all below here, by whoever has the lock.
func (q *queue) full() bool {
	return len(q.waiting) >= q.limit
}

func (q *queue) add(id string) {
	q.states[id] = waiting
	q.waiting = append(q.waiting, id)
	q.handOut()
}

func (q *queue) dropOldest() {
	q.states[q.waiting[0]] = dropped
	q.waiting = q.waiting[1:]
}

func (q *queue) handOut() {
	for q.inHand < q.workers && len(q.waiting) > 0 {
		id := q.waiting[0]
		q.waiting = q.waiting[1:]
		q.inHand++
		go q.do(id)
		if len(q.hopeful) > 0 {
			close(q.hopeful[0])
			q.hopeful = q.hopeful[1:]
		}
	}
	if q.inHand == 0 {
		q.idle.Broadcast()
	}
}

func (q *queue) do(id string) {
	err := q.work(context.Background(), id)
	q.lock.Lock()
	defer q.lock.Unlock()
	if err != nil {
		log.Printf("job %s could not be done: %v", id, err)
	} else {
		q.states[id] = done
	}
	q.inHand--
	q.handOut()
}

// place waits for one without the lock, and has it again when it returns; false once the time is over.
// Whoever comes in between may have taken the place.
func (q *queue) place(within time.Duration) bool {
	told := make(chan struct{})
	q.hopeful = append(q.hopeful, told)
	q.lock.Unlock()
	timer := time.NewTimer(within)
	defer timer.Stop()
	select {
	case <-told:
		q.lock.Lock()
		return true
	case <-timer.C:
	}
	q.lock.Lock()
	for at, one := range q.hopeful {
		if one == told {
			q.hopeful = append(q.hopeful[:at], q.hopeful[at+1:]...)
			return false
		}
	}
	// It was told in this very moment.
	return true
}

// untilAllDone is the least that one may take until there is room for whoever comes alone.
func (q *queue) untilAllDone() time.Duration {
	held := len(q.waiting) + q.inHand
	return time.Duration(held) * q.service / time.Duration(q.workers)
}

// drained returns once all that was accepted is done.
func (q *queue) drained() {
	q.lock.Lock()
	defer q.lock.Unlock()
	for q.inHand > 0 || len(q.waiting) > 0 {
		q.idle.Wait()
	}
}

func (q *queue) stateOf(id string) (string, bool) {
	q.lock.Lock()
	defer q.lock.Unlock()
	state, known := q.states[id]
	return state, known
}
