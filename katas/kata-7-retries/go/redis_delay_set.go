package main

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	streams "github.com/redis/go-redis/v9"

	"plan-lab/kit/redis"
)

const (
	// redisWaiting holds all that waits.
	redisWaiting = "work.delay"
	// As many as one step moves: while a script runs, Redis does nothing else.
	movedAtOnce = 100
)

// redisDelaySet has a sorted set, by the moment in which a message is due, in the place of all the
// delay queues: any mix of delays finds its order. Redis does not wait for anybody, so each worker
// looks now and then what is due. Into the set and out of it are one step each, by a script: whoever
// dies has done all of it or none.
func redisDelaySet(p plan) redisWay {
	return redisWay{
		handle: func(ctx context.Context, message redis.Message, client *streams.Client) (redis.Verdict, error) {
			attempt := redisAttemptOf(message)
			came := p.charge(ctx, message.ID)
			if came == charged {
				return redis.Ack, nil
			}
			if came == refused || attempt >= p.attempts {
				return givenUp(attempt), nil
			}
			// The script acknowledges it.
			return redis.Ack, putAside(ctx, client, message, attempt+1, p.backoff(attempt))
		},
		move: func(ctx context.Context, client *streams.Client) error {
			return takeBack.Eval(ctx, client, []string{redisWaiting, "work"}, movedAtOnce).Err()
		},
	}
}

func putAside(ctx context.Context, client *streams.Client, message redis.Message, attempt int, wait time.Duration) error {
	member, err := json.Marshal(map[string]string{
		"id": message.ID, "body": string(message.Body), "attempt": strconv.Itoa(attempt),
	})
	if err != nil {
		return err
	}
	ms := strconv.FormatFloat(wait.Seconds()*1000, 'f', 3, 64)
	err = aside.Eval(ctx, client, []string{"work", redisWaiting}, "workers", message.Entry, ms, member).Err()
	if err == streams.Nil {
		return nil
	}
	return err
}

// By the clock of Redis: workers have many clocks.
const redisNow = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
`

// Only who takes it from the pending ones puts it aside.
var aside = streams.NewScript(redisNow + `
if redis.call('XACK', KEYS[1], ARGV[1], ARGV[2]) == 1 then
  redis.call('XDEL', KEYS[1], ARGV[2])
  redis.call('ZADD', KEYS[2], string.format('%.3f', now + ARGV[3]), ARGV[4])
end
`)

var takeBack = streams.NewScript(redisNow + `
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%.3f', now), 'LIMIT', 0, ARGV[1])
for _, member in ipairs(due) do
  local message = cjson.decode(member)
  redis.call('XADD', KEYS[2], '*', 'id', message.id, 'body', message.body, 'x-attempt', message.attempt)
  redis.call('ZREM', KEYS[1], member)
end
`)
