package main

import (
	"context"
	"log"
	"time"

	"plan-lab/kit/amqp"
)

const rabbitPause = 100 * time.Millisecond

func workOnRabbit(ctx context.Context, url string, w work) (running, error) {
	handle, err := rabbitHandler(ctx, url, w)
	if err != nil {
		return running{}, err
	}
	worker, err := amqp.Start(ctx, amqp.Consumption{
		URL: url, Queue: "work", Prefetch: w.prefetch, Handle: handle,
	})
	if err != nil {
		return running{}, err
	}
	return running{worker.IsConsuming, worker.Stop}, nil
}

func rabbitHandler(ctx context.Context, url string, w work) (amqp.Handler, error) {
	switch w.wait {
	case inProcess:
		return rabbitInProcess(w.plan), nil
	case oneDelayQueue:
		return rabbitOneDelayQueue(w.plan), nil
	}
	queues := newDelayQueues()
	for ctx.Err() == nil {
		err := queues.prepare(url, w.plan)
		if err == nil {
			break
		}
		log.Printf("the broker is not there yet: %v", err)
		time.Sleep(rabbitPause)
	}
	return rabbitDelayQueues(w.plan, queues), ctx.Err()
}
