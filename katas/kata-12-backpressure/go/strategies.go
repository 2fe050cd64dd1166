package main

import "time"

// strategy says whether a job is accepted, by whoever has the queue's lock.
type strategy func(q *queue, id string) bool

var strategies = map[string]strategy{
	"unbounded":   unbounded,
	"reject":      reject,
	"block":       block,
	"drop-oldest": dropOldest,
}

func unbounded(q *queue, id string) bool {
	q.add(id)
	return true
}

func reject(q *queue, id string) bool {
	if q.full() {
		return false
	}
	q.add(id)
	return true
}

// block has the client wait in place of its job. A place may be gone again when it is told of it.
func block(q *queue, id string) bool {
	until := time.Now().Add(q.wait)
	for q.full() {
		left := time.Until(until)
		if left <= 0 || !q.place(left) {
			return false
		}
	}
	q.add(id)
	return true
}

// dropOldest is for jobs that age: the newest is worth more than the one that has waited longest.
func dropOldest(q *queue, id string) bool {
	if q.full() {
		q.dropOldest()
	}
	q.add(id)
	return true
}
