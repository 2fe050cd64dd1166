package main

import (
	"context"
	"encoding/json"

	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit"
	"plan-lab/kit/amqp"
)

const jobs = "jobs"

// overRabbitMQ has the queue at the broker; its limit lies in what it was declared with. What is in hand
// is no longer ready, and counts for no limit: prefetch is its limit.
func overRabbitMQ(url, strategy string, options options, work work) kit.Service {
	consumption := amqp.Consumption{
		URL:      url,
		Queue:    jobs,
		Prefetch: options.workers,
		Handle: func(ctx context.Context, message rabbit.Delivery, _ *amqp.Channel) (amqp.Verdict, error) {
			var asked job
			if err := json.Unmarshal(message.Body, &asked); err != nil {
				return amqp.Discard, nil
			}
			return amqp.Ack, work(ctx, asked.ID)
		},
	}
	return func(ctx context.Context) (kit.Routes, func(), error) {
		if err := declare(url, argumentsOf(strategy, options.limit)); err != nil {
			return nil, nil, err
		}
		worker, err := amqp.Start(ctx, consumption)
		if err != nil {
			return nil, nil, err
		}
		return kit.HealthyWhile(worker.IsConsuming), worker.Stop, nil
	}
}

// argumentsOf: reject-publish has the broker say no (basic.nack) to a producer that asks for confirms. Left
// to its default, drop-head, it drops the oldest, which is lost unless a dead-letter exchange takes it.
// A broker makes nobody wait for a place: a producer that would rather wait publishes again.
func argumentsOf(strategy string, limit int) rabbit.Table {
	switch strategy {
	case "unbounded":
		return rabbit.Table{}
	case "drop-oldest":
		return rabbit.Table{
			"x-max-length":              limit,
			"x-overflow":                "drop-head",
			"x-dead-letter-exchange":    "",
			"x-dead-letter-routing-key": "jobs.dropped",
		}
	default:
		return rabbit.Table{"x-max-length": limit, "x-overflow": "reject-publish"}
	}
}

func declare(url string, arguments rabbit.Table) error {
	connection, err := amqp.Dial(url)
	if err != nil {
		return err
	}
	defer func() { _ = connection.Close() }()
	channel, err := connection.Channel()
	if err != nil {
		return err
	}
	_, err = channel.QueueDeclare(jobs, true, false, false, false, arguments)
	return err
}
