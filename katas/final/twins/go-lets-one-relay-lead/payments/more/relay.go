package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit/outbox"
)

const (
	// leaderLock is held, for as long as its session lasts, by the one process that publishes: two would
	// publish the facts of one order in any order.
	leaderLock = 7_301_442
	// standby is how long who does not lead waits to look again.
	standby    = 30 * time.Second
	checkEvery = time.Second
	answerIn   = 2 * time.Second
)

// leadingRelay is an outbox relay of which one runs, however many processes there are.
type leadingRelay struct {
	pool             *pgxpool.Pool
	database, broker string
	lock             sync.Mutex
	// relay is there while this process leads.
	relay   *outbox.Relay
	stop    context.CancelFunc
	stopped chan struct{}
}

func startRelay(pool *pgxpool.Pool, database, broker string) *leadingRelay {
	ctx, stop := context.WithCancel(context.Background())
	relay := &leadingRelay{
		pool: pool, database: database, broker: broker, stop: stop, stopped: make(chan struct{}),
	}
	go relay.run(ctx)
	return relay
}

// Wake says that something was committed: look now.
func (l *leadingRelay) Wake() {
	l.lock.Lock()
	defer l.lock.Unlock()
	if l.relay != nil {
		l.relay.Wake()
	}
}

// Stop returns once it looks no more, and leaves the lead to another.
func (l *leadingRelay) Stop() {
	l.stop()
	<-l.stopped
}

func (l *leadingRelay) run(ctx context.Context) {
	defer close(l.stopped)
	for ctx.Err() == nil {
		pause := checkEvery
		leads, err := l.lead(ctx)
		if err != nil && ctx.Err() == nil {
			slog.Warn("the lead of the relay is lost, or not there", "error", err.Error())
		}
		if err == nil && !leads {
			pause = standby
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// lead publishes for as long as it has the lock; it tells at once where another has it.
func (l *leadingRelay) lead(ctx context.Context) (leads bool, err error) {
	limited, cancel := context.WithTimeout(ctx, answerIn)
	defer cancel()
	session, err := pgx.Connect(limited, l.database)
	if err != nil {
		return false, err
	}
	defer func() {
		closing, cancel := context.WithTimeout(context.Background(), answerIn)
		defer cancel()
		_ = session.Close(closing)
	}()
	err = session.QueryRow(limited, `SELECT pg_try_advisory_lock($1)`, int64(leaderLock)).Scan(&leads)
	if err != nil || !leads {
		return false, err
	}
	l.set(outbox.Start(l.pool, l.broker))
	defer func() {
		relay := l.relay
		l.set(nil)
		relay.Stop()
	}()
	for {
		select {
		case <-ctx.Done():
			return true, nil
		case <-time.After(checkEvery):
		}
		if err := alive(ctx, session); err != nil {
			return true, err
		}
	}
}

func (l *leadingRelay) set(relay *outbox.Relay) {
	l.lock.Lock()
	defer l.lock.Unlock()
	l.relay = relay
}

func alive(ctx context.Context, session *pgx.Conn) error {
	limited, cancel := context.WithTimeout(ctx, answerIn)
	defer cancel()
	return session.Ping(limited)
}
