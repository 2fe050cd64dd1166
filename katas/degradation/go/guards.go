package main

import (
	"math"
	"sync"
	"time"
)

// asking is what wants to go through.
type asking struct {
	to     route
	client string
}

// refusal says to whom it is due, and how long until the next one would pass.
type refusal struct {
	isTheClients bool
	wait         time.Duration
}

// guard gives leave, to be called once the request is over, however it ends; or a refusal.
type guard func(asking) (leave func(), refused *refusal)

func nothing() {}

func open(asking) (func(), *refusal) {
	return nothing, nil
}

// rateLimit is a token bucket for each client: its burst at once, its rate over time.
func rateLimit(perSecond, burst int) guard {
	type bucket struct {
		tokens float64
		at     time.Time
	}
	var lock sync.Mutex
	buckets := map[string]*bucket{}
	return func(a asking) (func(), *refusal) {
		lock.Lock()
		defer lock.Unlock()
		now := time.Now()
		own := buckets[a.client]
		if own == nil {
			own = &bucket{float64(burst), now}
			buckets[a.client] = own
		}
		come := now.Sub(own.at).Seconds() * float64(perSecond)
		own.tokens = math.Min(float64(burst), own.tokens+come)
		own.at = now
		if own.tokens < 1 {
			seconds := (1 - own.tokens) / float64(perSecond)
			return nil, &refusal{true, time.Duration(seconds * float64(time.Second))}
		}
		own.tokens--
		return nothing, nil
	}
}

// bulkheads are places of its own for each service: one that hangs takes no more than its own. Each is a
// semaphore, a channel that holds as many as there are places.
func bulkheads(places map[route]int) guard {
	taken := map[route]chan struct{}{}
	for to, count := range places {
		taken[to] = make(chan struct{}, count)
	}
	return func(a asking) (func(), *refusal) {
		own := taken[a.to]
		select {
		case own <- struct{}{}:
			return func() { <-own }, nil
		default:
			return nil, &refusal{}
		}
	}
}

// loadShedding bounds what is under way in all; what matters less is refused first.
func loadShedding(most map[route]int) guard {
	var lock sync.Mutex
	underWay := 0
	leave := func() {
		lock.Lock()
		defer lock.Unlock()
		underWay--
	}
	return func(a asking) (func(), *refusal) {
		lock.Lock()
		defer lock.Unlock()
		if underWay >= most[a.to] {
			return nil, &refusal{}
		}
		underWay++
		return leave, nil
	}
}

// allOf asks them in turn; who is refused by one has left those before it.
func allOf(guards ...guard) guard {
	return func(a asking) (func(), *refusal) {
		var leaves []func()
		leave := func() {
			for _, one := range leaves {
				one()
			}
		}
		for _, guard := range guards {
			own, refused := guard(a)
			if refused != nil {
				leave()
				return nil, refused
			}
			leaves = append(leaves, own)
		}
		return leave, nil
	}
}
