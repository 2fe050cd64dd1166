package amqp

import (
	"context"
	"net"
	"sync"
	"time"

	rabbit "github.com/rabbitmq/amqp091-go"
)

// patience is how long a connection may take, and the confirms of one batch where nothing else is said.
const patience = time.Second

// Outgoing is a message and where it goes.
type Outgoing struct {
	Exchange string
	Key      string
	rabbit.Publishing
}

// Publisher publishes with confirms, and connects again once the connection has broken. Any number of
// goroutines may use it.
type Publisher struct {
	url        string
	lock       sync.Mutex
	connection *rabbit.Connection
	channel    *Channel
	// failure is of the last attempt to connect, at the time failed.
	failure error
	failed  time.Time
}

// NewPublisher connects when there is something to publish.
func NewPublisher(url string) *Publisher {
	return &Publisher{url: url}
}

// All publishes in this order, and returns once a queue has every one of them for good. An event that
// no queue takes is not published: whoever is to hear it may come back, and the outbox keeps it until
// then. ErrRefused says that the broker is there and says no to one of them.
func (p *Publisher) All(messages []Outgoing) error {
	return p.AllWithin(patience, messages)
}

// AllWithin is All with a limit of its own for the confirms.
func (p *Publisher) AllWithin(limit time.Duration, messages []Outgoing) error {
	sent, connection, err := p.send(messages)
	if err == nil {
		err = await(limit, sent)
	}
	if err != nil {
		// What was not confirmed in time may still be: this connection is not to be used any more.
		p.drop(connection)
	}
	return err
}

func (p *Publisher) send(messages []Outgoing) ([]*Sent, *rabbit.Connection, error) {
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
	sent := make([]*Sent, len(messages))
	for i, one := range messages {
		published, err := p.channel.Send(context.Background(), one.Exchange, one.Key, one.Publishing)
		if err != nil {
			return nil, p.connection, err
		}
		sent[i] = published
	}
	return sent, p.connection, nil
}

func await(limit time.Duration, sent []*Sent) error {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	for _, one := range sent {
		if err := one.Wait(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (p *Publisher) connect() error {
	if p.connection != nil && !p.connection.IsClosed() && !p.channel.IsClosed() {
		return nil
	}
	// Where only the channel has broken, its connection is still there.
	p.forget()
	connection, err := rabbit.DialConfig(p.url, rabbit.Config{Dial: dial, Locale: "en_US"})
	if err != nil {
		return err
	}
	channel, err := OpenChannel(connection)
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

// drop takes this connection out of use; there may be another already.
func (p *Publisher) drop(connection *rabbit.Connection) {
	p.lock.Lock()
	defer p.lock.Unlock()
	if connection == p.connection {
		p.forget()
	}
}

// forget closes in the background: a connection that does not answer takes its time to close.
func (p *Publisher) forget() {
	connection := p.connection
	p.connection, p.channel = nil, nil
	if connection != nil {
		go func() { _ = connection.CloseDeadline(time.Now().Add(patience)) }()
	}
}

// Close ends the connection, if there is one.
func (p *Publisher) Close() {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.connection != nil {
		_ = p.connection.CloseDeadline(time.Now().Add(patience))
	}
}
