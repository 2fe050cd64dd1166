package main

import (
	"math/rand"
	"time"
)

// Until Go 1.20 every process drew the same numbers: all workers would wait in step.
func init() {
	rand.Seed(time.Now().UnixNano())
}

// fullJitter waits anything between nothing and the exponential wait, each as likely as the other:
// who failed together comes back spread over the whole time ("full jitter" of AWS).
func fullJitter(l limits) backoff {
	most := exponential(l)
	return func(failed int) time.Duration {
		return time.Duration(rand.Float64() * float64(most(failed)))
	}
}
