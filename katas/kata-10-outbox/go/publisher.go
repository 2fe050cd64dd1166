package main

import (
	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit/amqp"
)

const (
	exchange   = "orders"
	routingKey = "order.placed"
)

type event struct {
	// id is the message id: the same however often it is published.
	id   string
	body []byte
}

// publishEvents publishes in this order, and returns once a queue has every one of them for good.
func publishEvents(publisher *amqp.Publisher, events []event) error {
	messages := make([]amqp.Outgoing, len(events))
	for i, one := range events {
		message := rabbit.Publishing{MessageId: one.id, ContentType: "application/json", Body: one.body}
		messages[i] = amqp.Outgoing{Exchange: exchange, Key: routingKey, Publishing: message}
	}
	return publisher.All(messages)
}
