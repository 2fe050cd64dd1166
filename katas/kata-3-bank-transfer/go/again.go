package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"plan-lab/kit/postgres"
)

// runningAgain marks what a transfer may be run again for, beside the two that PostgreSQL itself
// asks to retry: somebody recorded the same id first (23505), and a connection that broke. After the
// latter nobody knows whether COMMIT went through. A transfer that is recorded in its own
// transaction finds out by running again: its id is there, or nothing of it is. Without a
// transaction that is a lie.
func runningAgain(err error) error {
	if err == nil || !mayRunAgain(err) {
		return err
	}
	return fmt.Errorf("%w: %v", postgres.ErrConflict, err)
}

func mayRunAgain(err error) bool {
	var failure *pgconn.PgError
	if !errors.As(err, &failure) {
		return connectionIsGone(err)
	}
	// 08: connection exception. 57P01 to 57P03: the server ends the session, or only just starts.
	for _, class := range []string{"23505", "08", "57P01", "57P02", "57P03"} {
		if strings.HasPrefix(failure.Code, class) {
			return true
		}
	}
	return false
}

// connectionIsGone tells a broken connection from what would fail again however often it is tried: a
// column that does not fit, a limit on time.
func connectionIsGone(err error) bool {
	var network *net.OpError
	return pgconn.SafeToRetry(err) || errors.As(err, &network) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed)
}
