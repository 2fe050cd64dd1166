package main

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"strconv"
	"time"

	streams "github.com/redis/go-redis/v9"

	"plan-lab/kit"
	"plan-lab/kit/redis"
)

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	stuck := env.Text("WORKER_STUCK", "") != ""
	consumption := redis.Consumption{
		URL: env.Required("REDIS_URL"), Queue: "work", Prefetch: 10, ClaimIdle: time.Second,
	}
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	consumption.Handle = func(ctx context.Context, message redis.Message, client *streams.Client) (redis.Verdict, error) {
		var body struct{ Kind string }
		if err := json.Unmarshal(message.Body, &body); err != nil {
			return redis.Requeue, err
		}
		switch {
		case body.Kind == "third-time" && message.Deliveries < 3:
			return redis.Requeue, nil
		case body.Kind == "poison" && message.Deliveries < 2:
			return redis.Requeue, errors.New("not today")
		case body.Kind == "poison":
			attempts := strconv.FormatInt(message.Deliveries, 10)
			return redis.MoveTo("dead", map[string]string{"reason": body.Kind, "attempts": attempts}), nil
		case stuck:
			time.Sleep(time.Minute)
		}
		time.Sleep(20 * time.Millisecond)
		return redis.Ack, client.Incr(ctx, "done:"+message.ID).Err()
	}
	kit.Run(port, func(ctx context.Context) (kit.Routes, func(), error) {
		worker, err := redis.Start(ctx, consumption)
		if err != nil {
			return nil, nil, err
		}
		return kit.HealthyWhile(worker.IsConsuming), worker.Stop, nil
	})
}
