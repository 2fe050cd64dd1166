// Command kata-5 takes payments with an Idempotency-Key, in the way that PLAN_STRATEGY names.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"

	"plan-lab/kit"
	"plan-lab/kit/postgres"
)

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	url := env.Required("DATABASE_URL")
	keys := keyring{ttl: env.Milliseconds("PLAN_KEY_TTL_MS", 86_400_000)}
	strategy := env.Text("PLAN_STRATEGY", "none")
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.Run(port, func(ctx context.Context) (kit.Routes, func(), error) {
		pool, err := postgres.OpenPool(ctx, url)
		if err != nil {
			return nil, nil, err
		}
		keys.pool = pool
		pay, err := keys.strategy(ctx, strategy)
		if err != nil {
			pool.Close()
			return nil, nil, err
		}
		return routes(pay), pool.Close, nil
	})
}

// strategy makes the unique index where the strategy needs it.
func (k keyring) strategy(ctx context.Context, name string) (strategy, error) {
	switch name {
	case "none":
		return k.none, nil
	case "check-then-insert":
		return k.checkThenInsert, nil
	case "unique-key":
		return k.uniqueKey, k.oneRowAKey(ctx)
	case "stored-response":
		return k.storedResponse, k.oneRowAKey(ctx)
	default:
		return nil, fmt.Errorf("there is no strategy %q", name)
	}
}

func routes(pay strategy) kit.Routes {
	return kit.Routes{
		"POST /pay": func(request kit.Request) (int, any, error) {
			wanted, err := readPayment(request)
			if errors.Is(err, kit.ErrTooLarge) {
				return 0, nil, err
			}
			if err != nil {
				return answer(problem(http.StatusBadRequest, "Not a payment", err.Error()))
			}
			// A client that hangs up does not stop its payment half way.
			done, err := pay(context.Background(), wanted)
			if err != nil {
				return 0, nil, err
			}
			return answer(done)
		},
	}
}

func answer(done final) (int, any, error) {
	return done.status, done, nil
}
