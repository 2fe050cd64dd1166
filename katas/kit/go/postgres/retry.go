package postgres

import (
	"errors"
	"math/rand"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

const (
	backoffBase = 2 * time.Millisecond
	backoffCap  = 50 * time.Millisecond
)

var (
	// ErrConflict is for a strategy that found out by itself that another transaction was first.
	ErrConflict = errors.New("another transaction was first")
	// ErrGaveUp says that the retries are used up.
	ErrGaveUp = errors.New("gave up")
)

// Until Go 1.20 every process drew the same numbers: two shops would back off in step.
func init() {
	rand.Seed(time.Now().UnixNano())
}

// WithRetries runs a complete transaction again, its deciding logic included, for as long as it
// loses to others. It tells how often it ran again, and fails with ErrGaveUp once the retries are
// used up, or with any other error as it is.
func WithRetries(retries int, transaction func() error) (int, error) {
	for attempt := 0; ; attempt++ {
		err := transaction()
		if err == nil || !isTransient(err) {
			return attempt, err
		}
		if attempt == retries {
			return attempt, ErrGaveUp
		}
		time.Sleep(backoff(attempt, rand.Float64()))
	}
}

// backoff is exponential with full jitter: uniform in [0, min(cap, base·2^attempt)), attempt
// counted from 0. Whoever lost together does not come back together.
func backoff(attempt int, chance float64) time.Duration {
	bound := backoffCap
	if attempt < 5 {
		bound = backoffBase << attempt
	}
	return time.Duration(chance * float64(bound))
}

// isTransient: 40001 serialization failure, 40P01 deadlock (PostgreSQL docs 13.5).
func isTransient(err error) bool {
	var failure *pgconn.PgError
	if errors.As(err, &failure) {
		return failure.Code == "40001" || failure.Code == "40P01"
	}
	return errors.Is(err, ErrConflict)
}
