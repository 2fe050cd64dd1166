package main

import (
	"context"

	"plan-lab/kit/amqp"
	"plan-lab/twin"
)

func main() {
	twin.Work(fail)
}

// fail publishes the copy, and returns once the broker has confirmed it.
func fail(ctx context.Context, channel *amqp.Channel, failed twin.Failed) error {
	key, copied := failed.Next()
	return channel.Publish(ctx, "", key, copied)
}
