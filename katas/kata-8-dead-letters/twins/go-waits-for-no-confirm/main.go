package main

import (
	"context"

	"plan-lab/kit/amqp"
	"plan-lab/twin"
)

func main() {
	twin.Work(fail)
}

// fail hands the copy to the library, and takes that for the broker's word.
func fail(ctx context.Context, channel *amqp.Channel, failed twin.Failed) error {
	key, copied := failed.Next()
	_, err := channel.Send(ctx, "", key, copied)
	return err
}
