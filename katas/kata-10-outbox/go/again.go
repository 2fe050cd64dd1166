package main

import (
	"context"
	"log"
	"time"

	"plan-lab/kit/postgres"
)

const (
	// asLong a client waits.
	asLong = 8 * time.Second
	pause  = 100 * time.Millisecond
)

// untilKnown places an order again where the session to the database was lost. Did its COMMIT go
// through? To answer 503 would be a guess, and 201 another one. An order has an id: who places it
// again finds it there, or nothing of it, and knows.
func untilKnown(take place) place {
	return func(ctx context.Context, taken order) error {
		giveUpAt := time.Now().Add(asLong)
		for {
			err := take(ctx, taken)
			if err == nil || !postgres.IsSessionLost(err) || time.Now().After(giveUpAt) {
				return err
			}
			log.Printf("will place again: %s: %v", taken.ID, err)
			time.Sleep(pause)
		}
	}
}
