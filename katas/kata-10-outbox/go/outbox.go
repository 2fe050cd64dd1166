package main

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit/amqp"
	"plan-lab/kit/postgres"
)

// intoOutbox commits the order and the note that its event is to be published: both, or neither.
func intoOutbox(pool *pgxpool.Pool, _ *amqp.Publisher) place {
	return func(ctx context.Context, taken order) error {
		return postgres.InTransaction(ctx, pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
			isNew, err := insertOrder(ctx, tx, taken)
			if err != nil || !isNew {
				return err
			}
			_, err = tx.Exec(ctx,
				`INSERT INTO outbox (aggregatetype, aggregateid, type, payload)
				 VALUES ('customer', $1, 'order.placed', $2)`,
				taken.Customer, taken)
			return err
		})
	}
}

// turn is one look at the outbox; it tells how many events it published.
type turn func(context.Context) (int, error)

// Both are ordered by the columns themselves: what is selected is text, where 10 comes before 9.

// byPosition loses events: a position is taken when a row is written, and the row is seen when it
// is committed. 7 can become visible after 8 has been published, and then nobody looks for it.
const byPosition = `
	SELECT xid::text, position, id::text, aggregateid, payload FROM outbox
	 WHERE position > $2 AND $1::text::xid8 IS NOT NULL
	 ORDER BY outbox.position LIMIT 100`

// byTransaction takes only what no open transaction can still come before: below the xmin of a
// snapshot every transaction has ended (PostgreSQL documentation, 9.27.8).
//
// (xid, position) is the order in which transactions began to write, not that in which they committed.
// Where two of one aggregate overlap, it is the aggregate's own order only if each takes its xid under
// the aggregate's lock: SELECT … FOR UPDATE first does that, an UPDATE takes it before it waits. Here that
// never matters: an order is placed once the one before it is answered. Where it does, keep a version in
// the aggregate's row, and order its events by that. And xids belong to one cluster: after a dump and a
// restore they begin anew, and a stored place skips events.
const byTransaction = `
	SELECT xid::text, position, id::text, aggregateid, payload FROM outbox
	 WHERE (xid, position) > ($1::text::xid8, $2)
	   AND xid < pg_snapshot_xmin(pg_current_snapshot())
	 ORDER BY outbox.xid, outbox.position LIMIT 100`

func naiveRelay(pool *pgxpool.Pool, publisher *amqp.Publisher) turn {
	return relay(pool, publisher, byPosition)
}

func relayInOrder(pool *pgxpool.Pool, publisher *amqp.Publisher) turn {
	return relay(pool, publisher, byTransaction)
}

type row struct {
	xid       string
	position  int64
	aggregate string
	event     event
}

// relay publishes, waits for the confirms, and only then notes how far it is. A relay that dies
// before that leaves the events to be published again, under the same ids. The locked row lets one
// relay work at a time: two would share out one customer's events, and lose their order. SKIP LOCKED
// has nothing to skip to, there is one row: who does not get it stands by, and has it as soon as the
// other's transaction ends, or its connection.
func relay(pool *pgxpool.Pool, publisher *amqp.Publisher, next string) turn {
	return func(ctx context.Context) (published int, err error) {
		err = postgres.InTransaction(ctx, pool, pgx.ReadCommitted, func(tx pgx.Tx) error {
			var place row
			err := tx.QueryRow(ctx,
				`SELECT xid::text, position FROM relay WHERE name = 'orders' FOR UPDATE SKIP LOCKED`,
			).Scan(&place.xid, &place.position)
			if errors.Is(err, pgx.ErrNoRows) {
				return nil
			}
			if err != nil {
				return err
			}
			rows, err := rowsAfter(ctx, tx, next, place)
			if err != nil || len(rows) == 0 {
				return err
			}
			if err := publishInOrder(ctx, tx, publisher, rows); err != nil {
				return err
			}
			last := rows[len(rows)-1]
			published = len(rows)
			_, err = tx.Exec(ctx,
				`UPDATE relay SET xid = $1::text::xid8, position = $2 WHERE name = 'orders'`,
				last.xid, last.position)
			return err
		})
		return published, err
	}
}

func rowsAfter(ctx context.Context, tx pgx.Tx, next string, place row) ([]row, error) {
	return rowsOf(tx.Query(ctx, next, place.xid, place.position))
}

func rowsOf(found pgx.Rows, err error) ([]row, error) {
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(found, func(one pgx.CollectableRow) (read row, err error) {
		err = one.Scan(&read.xid, &read.position, &read.event.id, &read.aggregate, &read.event.body)
		return read, err
	})
}

func eventsOf(rows []row) []event {
	events := make([]event, len(rows))
	for i, one := range rows {
		events[i] = one.event
	}
	return events
}
