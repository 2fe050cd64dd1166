package main

import "time"

// fixed always waits equally long. It outlasts a short trouble; but who failed together comes back
// together.
func fixed(l limits) backoff {
	return func(int) time.Duration { return l.base }
}
