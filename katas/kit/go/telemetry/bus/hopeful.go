package bus

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	rabbit "github.com/rabbitmq/amqp091-go"

	"plan-lab/kit/amqp"
)

// ListenHopefully is what most write first: it counts, and writes lines that look like something. Which
// of them belong together, nobody knows.
func ListenHopefully[Body any](ctx context.Context, queue Queue[Body]) (*amqp.Worker, error) {
	return queue.consume(ctx, func(ctx context.Context, message rabbit.Delivery, body Body) (amqp.Verdict, error) {
		name := message.RoutingKey
		if err := queue.Does[name](ctx, body); err != nil {
			return amqp.Requeue, err
		}
		fmt.Println(name, "of", queue.OrderOf(body))
		processed.WithLabelValues(name, "ok").Inc()
		return amqp.Ack, nil
	})
}

// Hopeful publishes with no confirm. Who commits, publishes here and dies in between has told nobody.
type Hopeful struct {
	URL        string
	lock       sync.Mutex
	connection *rabbit.Connection
	channel    *rabbit.Channel
}

// Publish returns once it is written to the socket; whether the broker has it, nobody knows.
func (h *Hopeful) Publish(ctx context.Context, exchange, name, order string, body any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	h.lock.Lock()
	defer h.lock.Unlock()
	if err := h.open(); err != nil {
		return err
	}
	return h.channel.PublishWithContext(ctx, exchange, name, false, false, rabbit.Publishing{
		MessageId: order + " " + name, CorrelationId: order, DeliveryMode: rabbit.Persistent,
		ContentType: "application/json", Body: text,
	})
}

func (h *Hopeful) open() (err error) {
	if h.channel != nil && !h.channel.IsClosed() {
		return nil
	}
	h.close()
	if h.connection, err = amqp.Dial(h.URL); err != nil {
		return err
	}
	h.channel, err = h.connection.Channel()
	return err
}

// Close ends the connection, if there is one.
func (h *Hopeful) Close() {
	h.lock.Lock()
	defer h.lock.Unlock()
	h.close()
}

func (h *Hopeful) close() {
	if h.connection != nil {
		_ = h.connection.Close()
	}
	h.connection, h.channel = nil, nil
}
