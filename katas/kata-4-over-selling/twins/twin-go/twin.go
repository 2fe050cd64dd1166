// Package twin is what the twins in Go share: everything but the way they sell.
package twin

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"math"
	"net/http"

	"github.com/jackc/pgx/v5/pgxpool"

	"plan-lab/kit"
	"plan-lab/kit/postgres"
)

type Order struct {
	Buyer    string `json:"buyer"`
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
}

type Answer struct {
	Status int
	Body   any
}

// Serve answers POST /purchases with what sell makes of it.
func Serve(sell func(context.Context, *pgxpool.Pool, Order) (Answer, error)) {
	env := kit.ReadEnvironment()
	port, url := env.Port(), env.Required("DATABASE_URL")
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.Run(port, func(ctx context.Context) (kit.Routes, func(), error) {
		pool, err := postgres.OpenPool(ctx, url)
		if err != nil {
			return nil, nil, err
		}
		purchase := func(request kit.Request) (int, any, error) {
			var wanted Order
			if err := json.NewDecoder(request.Body).Decode(&wanted); err != nil {
				return 0, nil, fmt.Errorf("%w: %v", kit.ErrBadRequest, err)
			}
			// PostgreSQL's integer ends at 2^31 − 1.
			if wanted.Buyer == "" || wanted.SKU == "" || wanted.Quantity < 1 || wanted.Quantity > math.MaxInt32 {
				return 0, nil, fmt.Errorf("%w: not a purchase", kit.ErrBadRequest)
			}
			answer, err := sell(context.Background(), pool, wanted)
			return answer.Status, answer.Body, err
		}
		return kit.Routes{"POST /purchases": purchase}, pool.Close, nil
	})
}

func Sold(id string, stock int) Answer {
	return Answer{http.StatusCreated, map[string]any{"id": id, "stock": stock, "retries": 0}}
}

// SoldOut tells how many are left: fewer than were wanted.
func SoldOut(stock int) Answer {
	return Answer{http.StatusConflict, map[string]any{"error": "sold out", "stock": stock, "retries": 0}}
}
