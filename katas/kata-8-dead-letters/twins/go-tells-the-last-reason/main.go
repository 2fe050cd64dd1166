package main

import (
	"context"
	"sync"
	"time"

	"plan-lab/kit/amqp"
	"plan-lab/twin"
)

var (
	guard sync.Mutex
	last  string
)

func main() {
	twin.Work(fail)
}

// fail keeps the reason in one place for all, and reads it after a pause: by then it is another one's.
func fail(ctx context.Context, channel *amqp.Channel, failed twin.Failed) error {
	guard.Lock()
	last = failed.Reason
	guard.Unlock()
	time.Sleep(40 * time.Millisecond)
	guard.Lock()
	failed.Reason = last
	guard.Unlock()
	key, copied := failed.Next()
	return channel.Publish(ctx, "", key, copied)
}
