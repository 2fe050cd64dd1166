package main

import (
	"context"
	"errors"
	"log"
	"time"

	"github.com/jackc/pgx/v5"

	"plan-lab/kit/amqp"
)

const (
	// attempts is how often a broker may refuse one event while it takes others.
	attempts      = 3
	betweenThem   = 100 * time.Millisecond
	behindAnother = "it comes after one that is set aside"
)

// publishInOrder publishes all of them, the events of one aggregate one after the other: of two that
// are under way at once the broker may refuse the first and take the second.
//
// One that it always refuses (too large, say) would stop all behind it for ever. It is set aside, and
// with it all later ones of its aggregate, which would come out of order: somebody has to look at them.
// Only where the broker takes the event of another: one that is away, or refuses everybody, is waited
// for. To count its failures too would set all aside that came while it was down.
//
// It fails where the broker is away, and sets nothing aside then.
func publishInOrder(ctx context.Context, tx pgx.Tx, publisher *amqp.Publisher, rows []row) error {
	aside, err := setAsideBefore(ctx, tx, rows)
	if err != nil {
		return err
	}
	for _, wave := range wavesOf(rows) {
		free := []row{}
		for _, one := range wave {
			if !aside[one.aggregate] {
				free = append(free, one)
			} else if err := setAside(ctx, tx, one, behindAnother); err != nil {
				return err
			}
		}
		refused, err := publishWave(ctx, tx, publisher, free, aside)
		if err != nil {
			return err
		}
		for _, one := range refused {
			if err := setAside(ctx, tx, one.row, one.reason.Error()); err != nil {
				return err
			}
			aside[one.row.aggregate] = true
		}
	}
	return nil
}

// wavesOf: the first of each aggregate, then the second of each, and so on.
func wavesOf(rows []row) [][]row {
	waves := [][]row{}
	seen := map[string]int{}
	for _, one := range rows {
		n := seen[one.aggregate]
		seen[one.aggregate]++
		if n == len(waves) {
			waves = append(waves, nil)
		}
		waves[n] = append(waves[n], one)
	}
	return waves
}

type refusal struct {
	row    row
	reason error
}

// publishWave tells those that the broker refuses; the others it has.
func publishWave(ctx context.Context, tx pgx.Tx, publisher *amqp.Publisher, wave []row, aside map[string]bool) ([]refusal, error) {
	if len(wave) == 0 {
		return nil, nil
	}
	failure := publishEvents(publisher, eventsOf(wave))
	if !errors.Is(failure, amqp.ErrRefused) {
		return nil, failure
	}
	refused := []refusal{}
	for _, one := range wave {
		reason, err := refusalOf(publisher, one)
		if err != nil {
			return nil, err
		}
		if reason != nil {
			refused = append(refused, refusal{one, reason})
		}
	}
	if len(refused) < len(wave) {
		return refused, nil
	}
	takes, err := takesAnother(ctx, tx, publisher, wave, aside)
	if err != nil {
		return nil, err
	}
	if !takes {
		return nil, failure
	}
	return refused, nil
}

// refusalOf tells why the broker refuses it, each time anew.
func refusalOf(publisher *amqp.Publisher, one row) (reason, err error) {
	for attempt := 1; ; attempt++ {
		err := publishEvents(publisher, []event{one.event})
		if !errors.Is(err, amqp.ErrRefused) {
			return nil, err
		}
		if attempt == attempts {
			return err, nil
		}
		time.Sleep(betweenThem)
	}
}

// takesAnother tries the next event of an aggregate that is neither refused nor set aside; it may come
// twice.
func takesAnother(ctx context.Context, tx pgx.Tx, publisher *amqp.Publisher, wave []row, aside map[string]bool) (bool, error) {
	without := []string{}
	for aggregate := range aside {
		without = append(without, aggregate)
	}
	for _, one := range wave {
		without = append(without, one.aggregate)
	}
	others, err := rowsOf(tx.Query(ctx,
		`SELECT xid::text, position, id::text, aggregateid, payload FROM outbox
		  WHERE (xid, position) > ($1::text::xid8, $2) AND aggregateid <> ALL ($3)
		    AND xid < pg_snapshot_xmin(pg_current_snapshot())
		  ORDER BY outbox.xid, outbox.position LIMIT 1`,
		wave[0].xid, wave[0].position, without))
	if err != nil || len(others) == 0 {
		return false, err
	}
	reason, err := refusalOf(publisher, others[0])
	return reason == nil && err == nil, err
}

func setAsideBefore(ctx context.Context, tx pgx.Tx, rows []row) (map[string]bool, error) {
	aggregates := make([]string, len(rows))
	for i, one := range rows {
		aggregates[i] = one.aggregate
	}
	found, err := tx.Query(ctx,
		`SELECT DISTINCT aggregateid FROM set_aside WHERE aggregateid = ANY ($1)`, aggregates)
	if err != nil {
		return nil, err
	}
	names, err := pgx.CollectRows(found, pgx.RowTo[string])
	aside := map[string]bool{}
	for _, name := range names {
		aside[name] = true
	}
	return aside, err
}

// setAside is in the transaction that notes the progress: an event is done, or it is there.
func setAside(ctx context.Context, tx pgx.Tx, one row, reason string) error {
	log.Printf("set aside: %s: %s", one.event.id, reason)
	_, err := tx.Exec(ctx,
		`INSERT INTO set_aside (event, aggregateid, reason) VALUES ($1, $2, $3)`,
		one.event.id, one.aggregate, reason)
	return err
}
