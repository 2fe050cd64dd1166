package main

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// rateLimit is a token bucket for each client: its burst at once, its rate over time.
type rateLimit struct {
	perSecond rate.Limit
	burst     int
	lock      sync.Mutex
	buckets   map[string]*rate.Limiter
}

func newRateLimit(perSecond, burst int) *rateLimit {
	return &rateLimit{perSecond: rate.Limit(perSecond), burst: burst, buckets: map[string]*rate.Limiter{}}
}

// passes tells who may not pass after how long it is worth asking again.
func (l *rateLimit) passes(client string) (after time.Duration, passes bool) {
	if l == nil {
		return 0, true
	}
	l.lock.Lock()
	defer l.lock.Unlock()
	bucket, known := l.buckets[client]
	if !known {
		bucket = rate.NewLimiter(l.perSecond, l.burst)
		l.buckets[client] = bucket
	}
	now := time.Now()
	if bucket.AllowN(now, 1) {
		return 0, true
	}
	lacks := 1 - bucket.TokensAt(now)
	return time.Duration(lacks / float64(l.perSecond) * float64(time.Second)), false
}
