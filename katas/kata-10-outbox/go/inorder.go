package main

import (
	"context"
	"log"

	"github.com/jackc/pgx/v5"

	"plan-lab/kit/amqp"
	kit "plan-lab/kit/outbox"
)

const behindAnother = "it comes after one that is set aside"

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
		publish := func(some []row) error { return publishEvents(publisher, eventsOf(some)) }
		refused, err := kit.PublishAll(publish, free, func() ([]row, error) {
			return nextOfAnother(ctx, tx, free, aside)
		})
		if err != nil {
			return err
		}
		for _, one := range refused {
			if err := setAside(ctx, tx, one.Row, one.Reason.Error()); err != nil {
				return err
			}
			aside[one.Row.aggregate] = true
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

// nextOfAnother is the next event of an aggregate that is neither refused nor set aside.
func nextOfAnother(ctx context.Context, tx pgx.Tx, wave []row, aside map[string]bool) ([]row, error) {
	without := []string{}
	for aggregate := range aside {
		without = append(without, aggregate)
	}
	for _, one := range wave {
		without = append(without, one.aggregate)
	}
	return rowsOf(tx.Query(ctx,
		`SELECT xid::text, position, id::text, aggregateid, payload FROM outbox
		  WHERE (xid, position) > ($1::text::xid8, $2) AND aggregateid <> ALL ($3)
		    AND xid < pg_snapshot_xmin(pg_current_snapshot())
		  ORDER BY outbox.xid, outbox.position LIMIT 1`,
		wave[0].xid, wave[0].position, without))
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
