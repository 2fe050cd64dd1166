package main

import (
	"math"
	"sync"
	"time"
)

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
