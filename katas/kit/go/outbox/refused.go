package outbox

import (
	"errors"
	"time"

	"plan-lab/kit/amqp"
)

const (
	// attempts is how often a broker may refuse one message while it takes others.
	attempts    = 3
	betweenThem = 100 * time.Millisecond
)

// Refusal is of a message that the broker always refuses.
type Refusal[Row any] struct {
	Row    Row
	Reason error
}

// PublishAll publishes all of them; the broker has those that are not given back.
//
// One that it always refuses (too large, say) would stop all behind it for ever. It is told only where
// the broker takes another: one that is away, or refuses everybody, is waited for. To count its failures
// too would set all aside that came while it was down.
//
// Another is asked for one to try where all of these are refused; it may come twice then. PublishAll
// fails where the broker is away, or refuses everybody.
func PublishAll[Row any](publish func([]Row) error, rows []Row, another func() ([]Row, error)) ([]Refusal[Row], error) {
	if len(rows) == 0 {
		return nil, nil
	}
	failure := publish(rows)
	if !errors.Is(failure, amqp.ErrRefused) {
		return nil, failure
	}
	refused := []Refusal[Row]{}
	for _, one := range rows {
		reason, err := refusalOf(publish, one)
		if err != nil {
			return nil, err
		}
		if reason != nil {
			refused = append(refused, Refusal[Row]{one, reason})
		}
	}
	if len(refused) < len(rows) {
		return refused, nil
	}
	others, err := another()
	if err != nil {
		return nil, err
	}
	if len(others) == 0 {
		return nil, failure
	}
	reason, err := refusalOf(publish, others[0])
	if err != nil {
		return nil, err
	}
	if reason != nil {
		return nil, failure
	}
	return refused, nil
}

// refusalOf tells why the broker refuses it, each time anew.
func refusalOf[Row any](publish func([]Row) error, one Row) (reason, err error) {
	for attempt := 1; ; attempt++ {
		err := publish([]Row{one})
		if !errors.Is(err, amqp.ErrRefused) {
			return nil, err
		}
		if attempt == attempts {
			return err, nil
		}
		time.Sleep(betweenThem)
	}
}
