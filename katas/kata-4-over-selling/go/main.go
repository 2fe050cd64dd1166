// Command kata-4 sells from the shop of kata 4, in the way that PLAN_STRATEGY names.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"math"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit"
	"plan-lab/kit/postgres"
)

var strategies = map[string]strategy{
	"naive":       naive,
	"pessimistic": pessimistic,
	"optimistic":  optimistic,
	"atomic":      atomic,
}

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	url := env.Required("DATABASE_URL")
	shop := counter{
		sell:      strategies[env.Text("PLAN_STRATEGY", "naive")],
		isolation: postgres.Isolation(env),
		retries:   env.Integer("PLAN_RETRIES", 50),
		think:     env.Milliseconds("PLAN_THINK_MS", 5),
	}
	if shop.sell == nil {
		env.Fail(fmt.Errorf("there is no strategy %q", env.Text("PLAN_STRATEGY", "naive")))
	}
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.Run(port, func(ctx context.Context) (kit.Routes, func(), error) {
		pool, err := postgres.OpenPool(ctx, url)
		if err != nil {
			return nil, nil, err
		}
		return kit.Routes{"POST /purchases": shop.purchases(pool)}, pool.Close, nil
	})
}

// counter is where the customers come.
type counter struct {
	sell      strategy
	isolation pgx.TxIsoLevel
	retries   int
	think     time.Duration
}

// purchases answers 201 sold, 409 sold out, 503 gave up after its retries.
func (c counter) purchases(pool *pgxpool.Pool) kit.Handler {
	think := func() { time.Sleep(c.think) }

	return func(request kit.Request) (int, any, error) {
		wanted, err := readOrder(request)
		if err != nil {
			return 0, nil, err
		}
		// A client that hangs up does not take back its purchase half way.
		ctx := context.Background()
		var result outcome
		retries, err := postgres.WithRetries(c.retries, func() error {
			return postgres.InTransaction(ctx, pool, c.isolation, func(tx pgx.Tx) (err error) {
				result, err = c.sell(ctx, tx, wanted, think)
				return err
			})
		})
		switch {
		case errors.Is(err, postgres.ErrGaveUp):
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

func readOrder(request kit.Request) (wanted order, err error) {
	if err := request.JSON(&wanted); err != nil {
		return wanted, err
	}
	// PostgreSQL's integer ends at 2^31 − 1.
	if wanted.Buyer == "" || wanted.SKU == "" || wanted.Quantity < 1 || wanted.Quantity > math.MaxInt32 {
		return wanted, fmt.Errorf("%w: buyer, sku and a quantity from 1 are needed", kit.ErrBadRequest)
	}
	return wanted, nil
}
