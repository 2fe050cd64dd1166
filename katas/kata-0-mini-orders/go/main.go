// Command kata-0 keeps the orders of kata 0, in the way that PLAN_STRATEGY names.
package main

import (
	"context"
	"fmt"
	"log"
	"net/http"

	"plan-lab/kit"
	"plan-lab/kit/postgres"
)

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	behind := newUpstream(env.Required("UPSTREAM_URL"))
	strategy := env.Text("PLAN_STRATEGY", "memory")
	url := ""
	if strategy == "database" {
		url = env.Required("DATABASE_URL")
	}
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.Run(port, func(ctx context.Context) (kit.Routes, func(), error) {
		kept, err := open(ctx, strategy, url)
		if err != nil {
			return nil, nil, err
		}
		return routes(kept, behind), kept.close, nil
	})
}

func open(ctx context.Context, strategy, url string) (orders, error) {
	switch strategy {
	case "memory":
		return newMemory(), nil
	case "database":
		pool, err := postgres.OpenPool(ctx, url)
		if err != nil {
			return nil, err
		}
		return database{pool}, nil
	default:
		return nil, fmt.Errorf("there is no strategy %q", strategy)
	}
}

func routes(kept orders, behind *upstream) kit.Routes {
	return kit.Routes{
		"POST /orders": func(request kit.Request) (int, any, error) {
			wanted, err := readOrder(request)
			if err != nil {
				return 0, nil, err
			}
			// Two side effects, and only then the promise to the client. Whoever sends its order
			// again gets both again: the row is recognised by its id, but whether the call arrived
			// the first time nobody here can know, so it is made again (at least once). A client
			// that hangs up does not stop them half way.
			placed, err := kept.place(context.Background(), wanted)
			if err != nil {
				return 0, nil, err
			}
			if err := behind.confirm(placed); err != nil {
				return 0, nil, err
			}
			// What is kept, whatever came with the same id the second time: no 201 tells of an item
			// that is nowhere.
			return http.StatusCreated, placed, nil
		},
		"GET /orders/{id}": func(request kit.Request) (int, any, error) {
			found, exists, err := kept.find(request.Context(), request.Parameters["id"])
			if err != nil {
				return 0, nil, err
			}
			if !exists {
				return http.StatusNotFound, map[string]string{"error": "no such order"}, nil
			}
			return http.StatusOK, found, nil
		},
	}
}

func readOrder(request kit.Request) (wanted order, err error) {
	if err := request.JSON(&wanted); err != nil {
		return wanted, err
	}
	if wanted.ID == "" || wanted.Item == "" {
		return wanted, fmt.Errorf("%w: id and item are needed, both texts", kit.ErrBadRequest)
	}
	return wanted, nil
}
