package main

import (
	"context"
	"log"
	"strconv"
	"time"

	streams "github.com/redis/go-redis/v9"

	"plan-lab/kit/redis"
)

// redisWay handles messages; move takes what is due back to work, for Redis does nothing by itself.
type redisWay struct {
	handle redis.Handler
	move   func(ctx context.Context, client *streams.Client) error
}

var redisWays = map[wait]func(plan) redisWay{
	inProcess:     redisInProcess,
	delaysApart:   redisDelaySet,
	oneDelayQueue: redisOneDelayStream,
}

func workOnRedis(ctx context.Context, url string, w work) (running, error) {
	way := redisWays[w.wait](w.plan)
	worker, err := redis.Start(ctx, redis.Consumption{
		URL: url, Queue: "work", Prefetch: w.prefetch, Handle: way.handle,
	})
	if err != nil {
		return running{}, err
	}
	if way.move == nil {
		return running{worker.IsConsuming, worker.Stop}, nil
	}
	client, err := redis.Open(url)
	if err != nil {
		worker.Stop()
		return running{}, err
	}
	moving, stopMoving := context.WithCancel(context.Background())
	moved := make(chan struct{})
	go func() {
		defer close(moved)
		keepMoving(moving, client, way)
	}()
	return running{worker.IsConsuming, func() {
		worker.Stop()
		stopMoving()
		<-moved
		_ = client.Close()
	}}, nil
}

const (
	// How late a message may be, at most.
	moveEvery      = 10 * time.Millisecond
	moveAfterError = 100 * time.Millisecond
)

// keepMoving looks again and again; two workers that do so do not get in each other's way.
func keepMoving(ctx context.Context, client *streams.Client, way redisWay) {
	for ctx.Err() == nil {
		pause := moveEvery
		if err := way.move(ctx, client); err != nil && err != streams.Nil && ctx.Err() == nil {
			log.Printf("moving what is due does not work: %v", err)
			pause = moveAfterError
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// givenUp moves a message to where somebody will look at it, and acknowledges it, in one step.
func givenUp(attempts int) redis.Verdict {
	return redis.MoveTo("work.failed", map[string]string{"x-attempts": strconv.Itoa(attempts)})
}

func redisAttemptOf(message redis.Message) int {
	if attempt, err := strconv.Atoi(message.Headers["x-attempt"]); err == nil {
		return attempt
	}
	return 1
}
