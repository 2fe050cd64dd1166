package amqp

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	rabbit "github.com/rabbitmq/amqp091-go"
)

// A broker that is short of memory or disk confirms nothing, for as long as that lasts.
const confirmWithin = 3 * time.Second

// publicationHeader goes along with each message: what comes back must be told from what is confirmed.
const publicationHeader = "x-publication"

var (
	// ErrUnroutable says that no queue took the message: it is nowhere.
	ErrUnroutable = errors.New("no queue takes the message")
	// ErrNotTaken says that the broker broke before it answered, or answers nothing.
	ErrNotTaken = errors.New("the broker did not take the message")
	// ErrRefused says that the broker is there and says no: it refuses a message, or closes the channel
	// on its account.
	ErrRefused = fmt.Errorf("%w: it refuses it", ErrNotTaken)
)

// Channel is in confirm mode, and knows what the broker returned.
type Channel struct {
	*rabbit.Channel
	publications atomic.Int64
	// questions are about publications that were confirmed: was it returned?
	questions chan question
	closed    chan struct{}
	// asking: the library hands an answer to whoever waits for one, whatever was asked.
	asking sync.Mutex
	// reasons has why the broker closed the channel, if it did; reason, once somebody has looked.
	reasons chan *rabbit.Error
	reason  *rabbit.Error
	looking sync.Mutex
}

type question struct {
	publication int64
	isReturned  chan bool
}

// OpenChannel opens one with confirms.
func OpenChannel(connection *rabbit.Connection) (*Channel, error) {
	opened, err := connection.Channel()
	if err != nil {
		return nil, err
	}
	if err := opened.Confirm(false); err != nil {
		return nil, err
	}
	c := &Channel{
		Channel:   opened,
		questions: make(chan question),
		closed:    make(chan struct{}),
		reasons:   opened.NotifyClose(make(chan *rabbit.Error, 1)),
	}
	go c.note(opened.NotifyReturn(make(chan rabbit.Return)))
	return c, nil
}

// QueueDeclare waits until nobody else asks the broker on this channel.
func (c *Channel) QueueDeclare(name string, durable, autoDelete, exclusive, noWait bool, args rabbit.Table) (rabbit.Queue, error) {
	c.asking.Lock()
	defer c.asking.Unlock()
	return c.Channel.QueueDeclare(name, durable, autoDelete, exclusive, noWait, args)
}

// Cancel as well: a worker that stops while another message declares a queue would get its answer.
func (c *Channel) Cancel(consumer string, noWait bool) error {
	c.asking.Lock()
	defer c.asking.Unlock()
	return c.Channel.Cancel(consumer, noWait)
}

// Sent waits for the broker's word.
type Sent struct {
	channel     *Channel
	confirm     *rabbit.DeferredConfirmation
	publication int64
}

// Send publishes persistent and mandatory, and does not wait yet.
func (c *Channel) Send(ctx context.Context, exchange, key string, message rabbit.Publishing) (*Sent, error) {
	publication := c.publications.Add(1)
	headers := rabbit.Table{publicationHeader: publication}
	for name, value := range message.Headers {
		if name != publicationHeader {
			headers[name] = value
		}
	}
	message.Headers = headers
	message.DeliveryMode = rabbit.Persistent
	confirm, err := c.PublishWithDeferredConfirmWithContext(ctx, exchange, key, true, false, message)
	if err != nil {
		return nil, err
	}
	return &Sent{c, confirm, publication}, nil
}

// Wait returns nil once a queue has the message for good. A confirm alone does not say that: what no
// queue takes is confirmed as well, and dropped; mandatory has it returned first.
func (s *Sent) Wait(ctx context.Context) error {
	taken, err := s.confirm.WaitContext(ctx)
	if err != nil {
		return fmt.Errorf("%w: %v", ErrNotTaken, err)
	}
	if !taken {
		return s.channel.whyNot()
	}
	asked := question{s.publication, make(chan bool, 1)}
	select {
	case s.channel.questions <- asked:
		if <-asked.isReturned {
			return ErrUnroutable
		}
		return nil
	case <-s.channel.closed:
		// It broke before it was known.
		return ErrNotTaken
	}
}

// whyNot tells a refusal from a broker that went away: the library takes what a closed channel leaves
// unconfirmed for refused as well, and has told by then why it closed.
func (c *Channel) whyNot() error {
	c.looking.Lock()
	defer c.looking.Unlock()
	// Kept for the others that wait on this channel: the library may have closed its own by now.
	isOver := c.reason != nil
	select {
	case reason, told := <-c.reasons:
		isOver = true
		if told {
			c.reason = reason
		}
	default:
	}
	if c.reason != nil && c.reason.Code == rabbit.PreconditionFailed {
		return fmt.Errorf("%w: %s", ErrRefused, c.reason.Reason)
	}
	if isOver || c.IsClosed() {
		return ErrNotTaken
	}
	return ErrRefused
}

// Publish sends and waits.
func (c *Channel) Publish(ctx context.Context, exchange, key string, message rabbit.Publishing) error {
	sent, err := c.Send(ctx, exchange, key, message)
	if err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, confirmWithin)
	defer cancel()
	return sent.Wait(limited)
}

// note keeps what came back until it is asked for. The library hands a return
// over before it looks at the confirm of the same message, so whoever is confirmed and asks here is
// answered with it.
func (c *Channel) note(returns <-chan rabbit.Return) {
	defer close(c.closed)
	returned := map[int64]bool{}
	for {
		select {
		case came, open := <-returns:
			if !open {
				return
			}
			if publication, is := came.Headers[publicationHeader].(int64); is {
				returned[publication] = true
			}
		case asked := <-c.questions:
			asked.isReturned <- returned[asked.publication]
			delete(returned, asked.publication)
		}
	}
}
