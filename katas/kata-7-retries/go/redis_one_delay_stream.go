package main

import (
	"context"
	"strconv"
	"time"

	streams "github.com/redis/go-redis/v9"

	"plan-lab/kit/redis"
)

// redisOneDelayStream is the trap: a stream of all that waits, looked at only at its head. A stream
// is in the order of arrival, not in that of being due: whoever waits for 100 ms stands behind one
// that waits for a second.
func redisOneDelayStream(p plan) redisWay {
	return redisWay{
		handle: func(ctx context.Context, message redis.Message, _ *streams.Client) (redis.Verdict, error) {
			attempt := redisAttemptOf(message)
			came := p.charge(ctx, message.ID)
			if came == charged {
				return redis.Ack, nil
			}
			if came == refused || attempt >= p.attempts {
				return givenUp(attempt), nil
			}
			// A moment of this millisecond is over already.
			due := time.Now().Add(p.backoff(attempt)).UnixMilli() + 1
			return redis.MoveTo(redisWaiting, map[string]string{
				"x-attempt": strconv.Itoa(attempt + 1),
				"x-due":     strconv.FormatInt(due, 10),
			}), nil
		},
		move: func(ctx context.Context, client *streams.Client) error {
			return takeHead.Eval(ctx, client, []string{redisWaiting, "work"}, time.Now().UnixMilli()).Err()
		},
	}
}

var takeHead = streams.NewScript(`
local function head()
  local entry = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)[1]
  if not entry then return nil end
  for at = 1, #entry[2], 2 do
    if entry[2][at] == 'x-due' and tonumber(entry[2][at + 1]) <= tonumber(ARGV[1]) then return entry end
  end
  return nil
end
local entry = head()
while entry do
  redis.call('XADD', KEYS[2], '*', unpack(entry[2]))
  redis.call('XDEL', KEYS[1], entry[1])
  entry = head()
end
`)
