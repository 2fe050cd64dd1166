// Command kata-1 takes the orders of kata 1, in the way that PLAN_STRATEGY names.
package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"time"

	"plan-lab/kit"
)

// strategy spreads the program over the machine, and gives the wait that every order does.
type strategy func(io time.Duration) (wait func())

var strategies = map[string]strategy{
	"one-core":  oneCore,
	"all-cores": allCores,
	"blocking":  blocking,
}

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	io := env.Milliseconds("PLAN_IO_MS", 100)
	steps := env.Integer("PLAN_CPU_US", 20) * stepsPerMicrosecond
	name := env.Text("PLAN_STRATEGY", "one-core")
	spread, known := strategies[name]
	if !known {
		env.Fail(fmt.Errorf("there is no strategy %q", name))
	}
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	wait := spread(io)
	kit.Run(port, func(context.Context) (kit.Routes, func(), error) {
		return routes(wait, steps), func() {}, nil
	})
}

type order struct {
	ID       string `json:"id"`
	Amount   int64  `json:"amount"`
	Checksum uint32 `json:"checksum"`
}

func routes(wait func(), steps int) kit.Routes {
	return kit.Routes{
		"POST /orders": func(request kit.Request) (int, any, error) {
			placed, err := readOrder(request)
			if err != nil {
				return 0, nil, err
			}
			wait()
			placed.Checksum = checksum(placed.ID, steps)
			return http.StatusCreated, placed, nil
		},
	}
}

func readOrder(request kit.Request) (order, error) {
	var body order
	if err := request.JSON(&body); err != nil {
		return order{}, err
	}
	if body.ID == "" || body.Amount < 1 {
		return order{}, fmt.Errorf("%w: id must be a text, amount a whole number from 1", kit.ErrBadRequest)
	}
	return body, nil
}
