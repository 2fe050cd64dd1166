package main

import (
	"errors"
	"fmt"

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
	return postgres.IsSessionLost(err) || errors.As(err, &failure) && failure.Code == "23505"
}
