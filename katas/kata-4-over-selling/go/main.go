// Command kata-4 sells from the shop of kata 4, in the way that PLAN_STRATEGY names.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"math"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit"
)

var strategies = map[string]strategy{
	"naive":       naive,
	"pessimistic": pessimistic,
	"optimistic":  optimistic,
	"atomic":      atomic,
}

func main() {
	env, err := kit.ReadEnvironment()
	if err != nil {
		log.Fatal(err)
	}
	sell, known := strategies[env.Strategy]
	if !known {
		log.Fatalf("there is no strategy %q", env.Strategy)
	}
	kit.Run(env.Port, func(ctx context.Context) (kit.Routes, func(), error) {
		pool, err := kit.OpenPool(ctx, env.DatabaseURL)
		if err != nil {
			return nil, nil, err
		}
		return kit.Routes{"POST /purchases": purchases(pool, env, sell)}, pool.Close, nil
	})
}

// purchases answers 201 sold, 409 sold out, 503 gave up after its retries.
func purchases(pool *pgxpool.Pool, env kit.Environment, sell strategy) func(*http.Request) (int, any, error) {
	think := func() { time.Sleep(env.Think) }

	return func(request *http.Request) (int, any, error) {
		wanted, err := readOrder(request)
		if err != nil {
			return 0, nil, err
		}
		// A client that hangs up does not take back its purchase half way.
		ctx := context.Background()
		var result outcome
		retries, err := kit.WithRetries(env.Retries, func() error {
			return kit.InTransaction(ctx, pool, env.Isolation, func(tx pgx.Tx) (err error) {
				result, err = sell(ctx, tx, wanted, think)
				return err
			})
		})
		switch {
		case errors.Is(err, kit.ErrGaveUp):
			return http.StatusServiceUnavailable, answer{"error": "gave up", "retries": retries}, nil
		case err != nil:
			return 0, nil, err
		case result.sold:
			return http.StatusCreated, answer{"id": result.id, "stock": result.stock, "retries": retries}, nil
		default:
			return http.StatusConflict, answer{"error": "sold out", "stock": result.stock, "retries": retries}, nil
		}
	}
}

type answer map[string]any

func readOrder(request *http.Request) (wanted order, err error) {
	if err := json.NewDecoder(request.Body).Decode(&wanted); err != nil {
		return wanted, fmt.Errorf("%w: the body is not what the contract says: %v", kit.ErrBadRequest, err)
	}
	// PostgreSQL's integer ends at 2^31 − 1.
	if wanted.Buyer == "" || wanted.SKU == "" || wanted.Quantity < 1 || wanted.Quantity > math.MaxInt32 {
		return wanted, fmt.Errorf("%w: buyer, sku and a quantity from 1 are needed", kit.ErrBadRequest)
	}
	return wanted, nil
}
