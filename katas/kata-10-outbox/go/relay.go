package main

import (
	"context"
	"log"
	"time"
)

const (
	// idle is between two looks at an outbox with nothing in it.
	idle = 20 * time.Millisecond
	// broken is after a turn that failed: broker or database are away.
	broken = 100 * time.Millisecond
)

// keepRelaying turns until it is stopped; a turn that fails is made again.
func keepRelaying(look turn) (stop func()) {
	stopping := make(chan struct{})
	over := make(chan struct{})
	go func() {
		defer close(over)
		for {
			wait := time.Duration(0)
			published, err := look(context.Background())
			if err != nil {
				log.Printf("will publish later: %v", err)
				wait = broken
			} else if published == 0 {
				wait = idle
			}
			select {
			case <-stopping:
				return
			case <-time.After(wait):
			}
		}
	}()
	return func() {
		close(stopping)
		<-over
	}
}
