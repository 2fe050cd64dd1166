package main

import (
	"runtime"
	"time"
)

// oneCore lets one thread at a time run Go code. There are still ten thousand goroutines, each with
// a stack of a few kilobytes, and whoever waits gives its thread to the next: the scheduler inside
// the program does what an event loop does, and the code reads as if it waited.
func oneCore(io time.Duration) func() {
	runtime.GOMAXPROCS(1)
	return func() { time.Sleep(io) }
}
