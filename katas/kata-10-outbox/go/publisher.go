package main

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"
)

const (
	exchange   = "orders"
	routingKey = "order.placed"
	// patience is how long a connection, or the confirms of one batch, may take.
	patience = time.Second
)

type event struct {
	// id is the message id: the same however often it is published.
	id   string
	body []byte
}

// publisher publishes with confirms, and connects again once the connection has broken.
type publisher struct {
	url        string
	lock       sync.Mutex
	connection *amqp.Connection
	channel    *amqp.Channel
	// failure is of the last attempt to connect, at the time failed.
	failure error
	failed  time.Time
}

func newPublisher(url string) *publisher {
	return &publisher{url: url}
}

// all publishes in this order, and returns once the broker has confirmed every one of them.
func (p *publisher) all(events []event) error {
	confirms, connection, err := p.send(events)
	if err == nil {
		err = await(confirms)
	}
	if err != nil {
		// What was not confirmed in time may still be: this connection is not to be used any more.
		p.drop(connection)
	}
	return err
}

func (p *publisher) send(events []event) ([]*amqp.DeferredConfirmation, *amqp.Connection, error) {
	asked := time.Now()
	p.lock.Lock()
	defer p.lock.Unlock()
	// Who has waited while another tried to connect, and failed, has waited long enough.
	if p.failed.After(asked) {
		return nil, p.connection, p.failure
	}
	if err := p.connect(); err != nil {
		p.failure, p.failed = err, time.Now()
		return nil, p.connection, err
	}
	confirms := make([]*amqp.DeferredConfirmation, len(events))
	for i, one := range events {
		confirm, err := p.channel.PublishWithDeferredConfirm(exchange, routingKey, false, false, amqp.Publishing{
			MessageId:    one.id,
			DeliveryMode: amqp.Persistent,
			ContentType:  "application/json",
			Body:         one.body,
		})
		if err != nil {
			return nil, p.connection, err
		}
		confirms[i] = confirm
	}
	return confirms, p.connection, nil
}

func await(confirms []*amqp.DeferredConfirmation) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for _, confirm := range confirms {
		ack, err := confirm.WaitContext(ctx)
		if err != nil {
			return err
		}
		if !ack {
			return errors.New("the broker refused an event")
		}
	}
	return nil
}

func (p *publisher) connect() error {
	if p.connection != nil && !p.connection.IsClosed() && !p.channel.IsClosed() {
		return nil
	}
	connection, err := amqp.DialConfig(p.url, amqp.Config{Dial: dial, Locale: "en_US"})
	if err != nil {
		return err
	}
	channel, err := connection.Channel()
	if err == nil {
		err = channel.Confirm(false)
	}
	if err != nil {
		_ = connection.Close()
		return err
	}
	p.connection, p.channel = connection, channel
	return nil
}

// dial gives the greeting a limit as well; the library takes it away once the connection is open.
func dial(network, address string) (net.Conn, error) {
	connection, err := net.DialTimeout(network, address, patience)
	if err != nil {
		return nil, err
	}
	return connection, connection.SetDeadline(time.Now().Add(patience))
}

func (p *publisher) drop(connection *amqp.Connection) {
	p.lock.Lock()
	defer p.lock.Unlock()
	if connection == nil || connection != p.connection {
		return
	}
	p.connection, p.channel = nil, nil
	// In the background: a connection that does not answer takes its time to close.
	go func() { _ = connection.CloseDeadline(time.Now().Add(patience)) }()
}

func (p *publisher) close() {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.connection != nil {
		_ = p.connection.CloseDeadline(time.Now().Add(patience))
	}
}
