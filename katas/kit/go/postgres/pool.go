// Package postgres is what the Go implementations with a database share: a warm pool and retried
// transactions.
package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit"
)

const (
	poolSize   = 20
	openWithin = 10 * time.Second
	// waitAtMost is how long to wait for a free connection. Without a limit a database that is away, or
	// one slow query in all of them, lets requests pile up for ever. A service of your own waits less
	// than its callers do; some experiments let a crowd stand in line for most of a minute.
	waitAtMost = time.Minute
)

var isolations = map[string]pgx.TxIsoLevel{
	"read-committed":  pgx.ReadCommitted,
	"repeatable-read": pgx.RepeatableRead,
	"serializable":    pgx.Serializable,
}

// Isolation is the level that PLAN_ISOLATION names.
func Isolation(env *kit.Environment) pgx.TxIsoLevel {
	name := env.Text("PLAN_ISOLATION", "read-committed")
	level, known := isolations[name]
	if !known {
		env.Fail(fmt.Errorf("PLAN_ISOLATION must be read-committed, repeatable-read or serializable, not %q", name))
	}
	return level
}

// OpenPool opens every connection at once, so that no measured request pays for opening one.
func OpenPool(ctx context.Context, url string) (*pgxpool.Pool, error) {
	return OpenPoolOf(ctx, url, poolSize)
}

// OpenPoolOf is OpenPool with so many connections.
func OpenPoolOf(ctx context.Context, url string, size int32) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	config.ConnConfig.ConnectTimeout = openWithin
	config.MinConns = size
	config.MaxConns = size
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	if err := openAll(ctx, pool, size); err != nil {
		pool.Close()
		return nil, err
	}
	return pool, nil
}

// openAll holds the connections all at once: otherwise the pool would hand out the same one again.
func openAll(ctx context.Context, pool *pgxpool.Pool, size int32) error {
	opened := make(chan error, size)
	release := make(chan struct{})
	for i := int32(0); i < size; i++ {
		go func() {
			connection, err := pool.Acquire(ctx)
			opened <- err
			if err == nil {
				<-release
				connection.Release()
			}
		}()
	}
	var failure error
	for i := int32(0); i < size; i++ {
		if err := <-opened; err != nil {
			failure = err
		}
	}
	close(release)
	return failure
}

// InTransaction commits what work did, or rolls all of it back when work fails.
func InTransaction(ctx context.Context, pool *pgxpool.Pool, level pgx.TxIsoLevel, work func(pgx.Tx) error) error {
	connection, err := acquire(ctx, pool)
	if err != nil {
		return err
	}
	defer connection.Release()
	tx, err := connection.BeginTx(ctx, pgx.TxOptions{IsoLevel: level})
	if err != nil {
		return err
	}
	if err := work(tx); err != nil {
		// A connection that can't even roll back is closed by the pool: its transaction ends with it.
		_ = tx.Rollback(ctx)
		return err
	}
	return tx.Commit(ctx)
}

func acquire(ctx context.Context, pool *pgxpool.Pool) (*pgxpool.Conn, error) {
	limited, cancel := context.WithTimeout(ctx, waitAtMost)
	defer cancel()
	return pool.Acquire(limited)
}
