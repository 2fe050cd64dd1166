package postgres

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

func TestBackoffDoublesItsBoundUntilTheCap(t *testing.T) {
	for attempt, ms := range []time.Duration{2, 4, 8, 16, 32, 50, 50} {
		if got := backoff(attempt, 1); got != ms*time.Millisecond {
			t.Errorf("backoff(%d) is at most %v, want %v ms", attempt, got, int(ms))
		}
		if got := backoff(attempt, 0); got != 0 {
			t.Errorf("backoff(%d) is at least %v, want 0: full jitter", attempt, got)
		}
	}
	if got := backoff(1_000_000, 1); got != backoffCap {
		t.Errorf("backoff(1000000) = %v, want %v", got, backoffCap)
	}
}

func TestTransientFailuresAreRetriedAndCounted(t *testing.T) {
	for _, failure := range []error{
		&pgconn.PgError{Code: "40001"},
		fmt.Errorf("wrapped: %w", &pgconn.PgError{Code: "40P01"}),
		ErrConflict,
	} {
		attempts := 0
		retries, err := WithRetries(2, func() error {
			attempts++
			if attempts <= 2 {
				return failure
			}
			return nil
		})
		if retries != 2 || err != nil || attempts != 3 {
			t.Errorf("%v: %d retries, %d attempts, %v", failure, retries, attempts, err)
		}
	}
}

func TestGivesUpAfterItsRetries(t *testing.T) {
	attempts := 0
	retries, err := WithRetries(3, func() error {
		attempts++
		return ErrConflict
	})
	if retries != 3 || !errors.Is(err, ErrGaveUp) || attempts != 4 {
		t.Errorf("%d retries, %d attempts, %v", retries, attempts, err)
	}
}

func TestOtherErrorsPassAtOnce(t *testing.T) {
	duplicate := &pgconn.PgError{Code: "23505"}
	retries, err := WithRetries(3, func() error { return duplicate })
	if retries != 0 || !errors.Is(err, duplicate) {
		t.Errorf("%d retries, %v", retries, err)
	}
}
