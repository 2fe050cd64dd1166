package main

import "time"

// allCores is what Go does unless it is told otherwise: goroutines on as many threads as there are
// cores, with one memory for all of them. Whatever they share must be safe for that.
func allCores(io time.Duration) func() {
	return func() { time.Sleep(io) }
}
