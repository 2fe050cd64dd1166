package main

import (
	"sync"
	"time"
)

type ended struct {
	at     time.Time
	failed bool
}

// breaker is right: what is wrong is what it is told.
type breaker struct {
	lock            sync.Mutex
	state           string
	era             int
	window          []ended
	openUntil       time.Time
	underWay, good  int
	windowFor, open time.Duration
	least, percent  int
	probes, closes  int
}

func newBreaker() *breaker {
	return &breaker{
		state: "closed", windowFor: milliseconds("WINDOW_MS"), open: milliseconds("OPEN_MS"),
		least: number("MIN_CALLS"), percent: number("FAIL_PERCENT"),
		probes: number("PROBES"), closes: number("CLOSE_AFTER"),
	}
}

// admit gives nil where no call is to be made, and else whom to tell what became of it.
func (b *breaker) admit() func(failed bool) {
	b.lock.Lock()
	defer b.lock.Unlock()
	if b.state == "open" {
		if time.Now().Before(b.openUntil) {
			return nil
		}
		b.become("half-open")
	}
	if b.state == "half-open" && b.underWay >= b.probes {
		return nil
	}
	b.underWay++
	era := b.era
	return func(failed bool) {
		b.lock.Lock()
		defer b.lock.Unlock()
		if era == b.era {
			b.told(failed, time.Now())
		}
	}
}

func (b *breaker) told(failed bool, now time.Time) {
	b.underWay--
	if b.state == "closed" {
		b.count(failed, now)
		return
	}
	if failed {
		b.trip(now)
		return
	}
	b.good++
	if b.good >= b.closes {
		b.become("closed")
	}
}

func (b *breaker) count(failed bool, now time.Time) {
	b.window = append(b.window, ended{now, failed})
	for b.window[0].at.Before(now.Add(-b.windowFor)) {
		b.window = b.window[1:]
	}
	failures := 0
	for _, one := range b.window {
		if one.failed {
			failures++
		}
	}
	if len(b.window) >= b.least && 100*failures >= b.percent*len(b.window) {
		b.trip(now)
	}
}

func (b *breaker) trip(now time.Time) {
	b.openUntil = now.Add(b.open)
	b.become("open")
}

func (b *breaker) become(next string) {
	b.state = next
	b.era++
	b.window, b.underWay, b.good = nil, 0, 0
}
