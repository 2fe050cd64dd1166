package main

import "time"

// backoff tells how long to wait once so many attempts have failed.
type backoff func(failed int) time.Duration

type limits struct {
	base, cap time.Duration
}
