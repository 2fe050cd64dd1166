package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/jackc/pgx/v5/pgxpool"
	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit/amqp"
)

// listenHappily is what most write first. On calm days there is nothing wrong with it: nobody undoes
// anything, nothing comes twice, nobody dies between the commit and the message, and the provider is
// there, and quick.
func listenHappily(ctx context.Context, broker string, pool *pgxpool.Pool, provider string) (*amqp.Worker, error) {
	return amqp.Start(ctx, amqp.Consumption{
		URL: broker, Queue: queue, Prefetch: prefetch,
		Handle: func(ctx context.Context, message rabbit.Delivery, channel *amqp.Channel) (amqp.Verdict, error) {
			if message.RoutingKey != "AuthorizePayment" {
				return amqp.Ack, nil
			}
			order, err := readOrder(message.Body)
			if err != nil {
				return amqp.Discard, nil
			}
			fact, err := payHappily(ctx, pool, provider, order)
			if err != nil {
				return amqp.Requeue, err
			}
			fmt.Println("payment of", order.Order, fact)
			processed.WithLabelValues(message.RoutingKey, "ok").Inc()
			return amqp.Ack, publishHappily(ctx, channel, fact, order)
		},
	})
}

func payHappily(ctx context.Context, pool *pgxpool.Pool, provider string, order order) (fact string, err error) {
	body, err := json.Marshal(map[string]any{
		"order": order.Order, "customer": order.Customer, "amount": order.Amount,
	})
	if err != nil {
		return "", err
	}
	response, err := http.Post(provider+"/charges", "application/json", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	var taken struct {
		Charge *string `json:"charge"`
	}
	if err := json.NewDecoder(response.Body).Decode(&taken); err != nil {
		return "", err
	}
	status, fact := declined, "PaymentDeclined"
	if response.StatusCode == http.StatusCreated {
		status, fact = authorized, "PaymentAuthorized"
	}
	_, err = pool.Exec(ctx,
		`INSERT INTO payments (order_id, customer, amount, status, charge) VALUES ($1, $2, $3, $4, $5)`,
		order.Order, order.Customer, order.Amount, status, taken.Charge)
	return fact, err
}

func publishHappily(ctx context.Context, channel *amqp.Channel, fact string, order order) error {
	body, err := json.Marshal(order)
	if err != nil {
		return err
	}
	return channel.PublishWithContext(ctx, "events", fact, false, false, rabbit.Publishing{
		MessageId: order.Order + " " + fact, CorrelationId: order.Order, DeliveryMode: rabbit.Persistent,
		ContentType: "application/json", Body: body,
	})
}
