package main

import (
	"sync"
	"time"
)

// blocking waits with a lock in its hand: one connection to a database for everybody, or a lock
// around a call that should be outside of it. Goroutines are cheap, and ten thousand of them queue.
func blocking(io time.Duration) func() {
	var onlyOne sync.Mutex
	return func() {
		onlyOne.Lock()
		defer onlyOne.Unlock()
		time.Sleep(io)
	}
}
