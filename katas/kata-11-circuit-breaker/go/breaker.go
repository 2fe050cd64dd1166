package main

import (
	"sync"
	"time"
)

type state int

const (
	closed state = iota
	open
	halfOpen
)

// ended is a call that is over.
type ended struct {
	at     time.Time
	failed bool
}

// breaker makes no calls itself: it says who may, and hears what came of them. There is one for each
// dependency.
type breaker struct {
	options options

	lock  sync.Mutex
	state state
	// era counts the changes of state: what was allowed before the last one has no say any more.
	era       int
	window    []ended
	failures  int
	openUntil time.Time
	underWay  int
	successes int
}

// permit is leave to make one call; told once what became of it.
type permit func(failed bool)

// admit gives no permit where the call is not to be made.
func (b *breaker) admit() permit {
	b.lock.Lock()
	defer b.lock.Unlock()
	if b.state == open {
		if time.Now().Before(b.openUntil) {
			return nil
		}
		b.become(halfOpen)
	}
	if b.state == halfOpen && b.underWay >= b.options.probes {
		return nil
	}
	b.underWay++
	era := b.era
	return func(failed bool) {
		b.lock.Lock()
		defer b.lock.Unlock()
		if era == b.era {
			b.ended(failed, time.Now())
		}
	}
}

// wait is how long until it is worth asking again.
func (b *breaker) wait() time.Duration {
	b.lock.Lock()
	defer b.lock.Unlock()
	return time.Until(b.openUntil)
}

func (b *breaker) ended(failed bool, now time.Time) {
	b.underWay--
	switch {
	case b.state == closed:
		b.count(failed, now)
	case failed:
		b.open(now)
	default:
		b.successes++
		if b.successes >= b.options.closeAfter {
			b.become(closed)
		}
	}
}

func (b *breaker) count(failed bool, now time.Time) {
	b.window = append(b.window, ended{now, failed})
	if failed {
		b.failures++
	}
	for b.window[0].at.Before(now.Add(-b.options.window)) {
		if b.window[0].failed {
			b.failures--
		}
		b.window = b.window[1:]
	}
	calls := len(b.window)
	if calls >= b.options.minCalls && 100*b.failures >= b.options.failPercent*calls {
		b.open(now)
	}
}

func (b *breaker) open(now time.Time) {
	b.openUntil = now.Add(b.options.openFor)
	b.become(open)
}

func (b *breaker) become(next state) {
	b.state = next
	b.era++
	b.window, b.failures, b.underWay, b.successes = nil, 0, 0, 0
}
