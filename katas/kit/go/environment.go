// Package kit is what the Go implementations share: reading the environment, a warm pool, retried
// transactions, and the life of a server from healthy to drained.
package kit

import (
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
)

// Environment is what the lab tells an implementation: katas/CONTRACT.md, first section.
type Environment struct {
	Port        int
	DatabaseURL string
	Strategy    string
	Isolation   pgx.TxIsoLevel
	// Retries of a transaction, not counting its first attempt.
	Retries int
	// Think passes between reading and writing.
	Think time.Duration
}

var isolations = map[string]pgx.TxIsoLevel{
	"read-committed":  pgx.ReadCommitted,
	"repeatable-read": pgx.RepeatableRead,
	"serializable":    pgx.Serializable,
}

// ReadEnvironment fails with an error that names the variable and what it must be.
func ReadEnvironment() (Environment, error) {
	return readEnvironment(os.Getenv)
}

func readEnvironment(get func(string) string) (env Environment, err error) {
	env.Strategy = textOr(get("PLAN_STRATEGY"), "naive")
	if env.DatabaseURL = get("DATABASE_URL"); env.DatabaseURL == "" {
		return env, fmt.Errorf("DATABASE_URL is not set")
	}
	if env.Port, err = integer("PORT", get("PORT")); err != nil {
		return env, err
	}
	if env.Retries, err = integer("PLAN_RETRIES", textOr(get("PLAN_RETRIES"), "50")); err != nil {
		return env, err
	}
	thinkMs, err := integer("PLAN_THINK_MS", textOr(get("PLAN_THINK_MS"), "5"))
	if err != nil {
		return env, err
	}
	env.Think = time.Duration(thinkMs) * time.Millisecond

	name := textOr(get("PLAN_ISOLATION"), "read-committed")
	level, known := isolations[name]
	if !known {
		return env, fmt.Errorf("PLAN_ISOLATION must be read-committed, repeatable-read or serializable, not %q", name)
	}
	env.Isolation = level
	return env, nil
}

func textOr(value, fallback string) string {
	if value == "" {
		return fallback
	}
	return value
}

func integer(name, value string) (int, error) {
	number, err := strconv.Atoi(value)
	if err != nil || number < 0 {
		return 0, fmt.Errorf("%s must be a whole number from 0, not %q", name, value)
	}
	return number, nil
}
