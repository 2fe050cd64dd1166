package main

import (
	"context"

	"plan-lab/kit/amqp"
)

var rabbitWays = map[string]func(plan) amqp.Handler{
	"in-process":      rabbitInProcess,
	"delay-queues":    rabbitDelayQueues,
	"one-delay-queue": rabbitOneDelayQueue,
}

func workOnRabbit(ctx context.Context, url string, w work) (stop func(), err error) {
	worker, err := amqp.Start(ctx, amqp.Consumption{
		URL: url, Queue: "work", Prefetch: w.prefetch, Handle: rabbitWays[w.wait](w.plan),
	})
	if err != nil {
		return nil, err
	}
	return worker.Stop, nil
}
