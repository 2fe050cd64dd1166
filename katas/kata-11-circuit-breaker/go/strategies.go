package main

import (
	"context"
	"sync"
	"time"
)

type options struct {
	// window: calls of so long count.
	window time.Duration
	// minCalls: fewer in the window say nothing.
	minCalls int
	// failPercent of them must fail.
	failPercent int
	openFor     time.Duration
	// probes: half-open, so many calls at once.
	probes int
	// closeAfter: half-open, so many successes close it.
	closeAfter int
	timeout    time.Duration
	// slow: a call that took as long counts as failed, whatever it said.
	slow time.Duration
}

// strategy answers requests about one dependency.
type strategy func(ctx context.Context, id string) (status int, body any)

func none(ask ask, _ options) strategy {
	return func(ctx context.Context, id string) (int, any) {
		return answerTo(id, ask(ctx, id, 0))
	}
}

func timeout(ask ask, o options) strategy {
	return func(ctx context.Context, id string) (int, any) {
		return answerTo(id, ask(ctx, id, o.timeout))
	}
}

const attempts = 3

func timeoutAndRetry(ask ask, o options) strategy {
	return func(ctx context.Context, id string) (int, any) {
		came := outcome{kind: failed}
		for attempt := 1; attempt <= attempts && came.isFailure(); attempt++ {
			came = ask(ctx, id, o.timeout)
		}
		return answerTo(id, came)
	}
}

// retryBudget tries once more at most, within the same time, and for few of the requests.
func retryBudget(ask ask, o options) strategy {
	retries := &budget{left: mostLeft}
	return func(ctx context.Context, id string) (int, any) {
		retries.earn()
		begun := time.Now()
		came := ask(ctx, id, o.timeout)
		left := o.timeout - time.Since(begun)
		if came.kind == failed && left > 0 && retries.spend() {
			came = ask(ctx, id, left)
		}
		return answerTo(id, came)
	}
}

func onlyBreaker(ask ask, o options) strategy {
	guarded := guard(ask, o)
	return func(ctx context.Context, id string) (int, any) {
		came, wasMade := guarded.ask(ctx, id)
		if !wasMade {
			return rejected(guarded.breaker.wait())
		}
		return answerTo(id, came)
	}
}

// mostKept bounds the prices that are remembered.
const mostKept = 10_000

func breakerWithFallback(ask ask, o options) strategy {
	guarded := guard(ask, o)
	var lock sync.Mutex
	known := map[string]int{}
	return func(ctx context.Context, id string) (int, any) {
		came, wasMade := guarded.ask(ctx, id)
		lock.Lock()
		defer lock.Unlock()
		if !wasMade || came.isFailure() {
			if price, is := known[id]; is {
				return fallback(id, &price)
			}
			return fallback(id, nil)
		}
		if came.kind == live {
			if len(known) >= mostKept {
				known = map[string]int{}
			}
			known[id] = came.price
		}
		return answerTo(id, came)
	}
}

type guarded struct {
	breaker *breaker
	ask     func(ctx context.Context, id string) (came outcome, wasMade bool)
}

func guard(ask ask, o options) guarded {
	b := &breaker{options: o}
	return guarded{b, func(ctx context.Context, id string) (outcome, bool) {
		done := b.admit()
		if done == nil {
			return outcome{}, false
		}
		// Given back on every way out, so that a probe is never under way for ever.
		hasFailed := true
		defer func() { done(hasFailed) }()
		begun := time.Now()
		came := ask(ctx, id, o.timeout)
		hasFailed = came.isFailure() || time.Since(begun) >= o.slow
		return came, true
	}}
}
