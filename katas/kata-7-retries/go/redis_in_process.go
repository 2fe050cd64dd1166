package main

import (
	"context"
	"time"

	streams "github.com/redis/go-redis/v9"

	"plan-lab/kit/redis"
)

// redisInProcess lets the worker itself wait, with the message in hand: it stays pending in the
// group, so it is not lost when the worker dies. But its hands are few, and all others wait with it.
func redisInProcess(p plan) redisWay {
	return redisWay{handle: func(ctx context.Context, message redis.Message, _ *streams.Client) (redis.Verdict, error) {
		for attempt := 1; ; attempt++ {
			came := p.charge(ctx, message.ID)
			if came == charged {
				return redis.Ack, nil
			}
			if came == refused || attempt == p.attempts {
				return givenUp(attempt), nil
			}
			select {
			case <-time.After(p.backoff(attempt)):
			case <-p.stopping.Done():
				return redis.Requeue, nil
			}
		}
	}}
}
