// Command kata-2 keeps the balances of kata 2, in the way that PLAN_STRATEGY names.
package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"time"

	"plan-lab/kit"
)

var strategies = map[string]strategy{
	"none":   newNone,
	"lock":   newLock,
	"queue":  newQueue,
	"atomic": newAtomic,
}

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	thinkTime := env.Milliseconds("PLAN_THINK_MS", 1)
	name := env.Text("PLAN_STRATEGY", "none")
	open, known := strategies[name]
	if !known {
		env.Fail(fmt.Errorf("there is no strategy %q", name))
	}
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	kit.Run(port, func(context.Context) (kit.Routes, func(), error) {
		return routes(open(func() { time.Sleep(thinkTime) })), func() {}, nil
	})
}

func routes(b bank) kit.Routes {
	return kit.Routes{
		"POST /accounts/{account}/deposits": func(request kit.Request) (int, any, error) {
			amount, err := readAmount(request)
			if err != nil {
				return 0, nil, err
			}
			return reply(b.change(request.Parameters["account"], amount))
		},
		"POST /accounts/{account}/withdrawals": func(request kit.Request) (int, any, error) {
			amount, err := readAmount(request)
			if err != nil {
				return 0, nil, err
			}
			return reply(b.change(request.Parameters["account"], -amount))
		},
		"GET /accounts/{account}": func(request kit.Request) (int, any, error) {
			return http.StatusOK, answer{"balance": b.balanceOf(request.Parameters["account"])}, nil
		},
	}
}

type answer map[string]any

func reply(result outcome) (int, any, error) {
	if !result.done {
		return http.StatusConflict, answer{"error": "insufficient funds", "balance": result.balance}, nil
	}
	return http.StatusOK, answer{"balance": result.balance}, nil
}

// Sums of amounts up to this one stay exact for as long as anybody will wait.
const most = 1_000_000_000

func readAmount(request kit.Request) (int64, error) {
	var body struct{ Amount int64 }
	if err := request.JSON(&body); err != nil {
		return 0, err
	}
	if body.Amount < 1 || body.Amount > most {
		return 0, fmt.Errorf("%w: amount must be a whole number from 1 to %d", kit.ErrBadRequest, most)
	}
	return body.Amount, nil
}
