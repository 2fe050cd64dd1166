package main

import "time"

// exponential waits twice as long each time, up to the cap: quick where the trouble is short,
// patient where it is not. But who failed together still comes back together.
func exponential(l limits) backoff {
	return func(failed int) time.Duration {
		wait := l.base
		for n := 1; n < failed && wait < l.cap; n++ {
			wait *= 2
		}
		if wait > l.cap {
			return l.cap
		}
		return wait
	}
}
