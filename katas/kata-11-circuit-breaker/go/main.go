// Command kata-11 asks two services for what its clients want, as PLAN_STRATEGY names it.
package main

import (
	"context"
	"fmt"
	"log"

	"plan-lab/kit"
)

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	o := options{
		window:      env.Milliseconds("PLAN_WINDOW_MS", 500),
		minCalls:    env.Integer("PLAN_MIN_CALLS", 10),
		failPercent: env.Integer("PLAN_FAIL_PERCENT", 25),
		openFor:     env.Milliseconds("PLAN_OPEN_MS", 500),
		probes:      env.Integer("PLAN_PROBES", 2),
		closeAfter:  env.Integer("PLAN_CLOSE_AFTER", 2),
		timeout:     env.Milliseconds("PLAN_TIMEOUT_MS", 400),
		slow:        env.Milliseconds("PLAN_SLOW_MS", 200),
	}
	newStrategy := strategyOf(env)
	quotesAt := env.Required("UPSTREAM_URL") + "/quotes/"
	ratesAt := env.Required("RATES_URL") + "/rates/"
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	// Each service has a strategy of its own: a breaker that both share closes the way to both.
	quotes := newStrategy(dependencyAt(quotesAt), o)
	rates := newStrategy(dependencyAt(ratesAt), o)
	kit.Run(port, func(context.Context) (kit.Routes, func(), error) {
		return kit.Routes{
			"GET /quotes/{id}": handler(quotes),
			"GET /rates/{id}":  handler(rates),
		}, func() {}, nil
	})
}

func handler(answer strategy) kit.Handler {
	return func(r kit.Request) (int, any, error) {
		// A client that hangs up says nothing of the service: its call goes on to its end.
		status, body := answer(context.Background(), r.Parameters["id"])
		return status, body, nil
	}
}

func strategyOf(env *kit.Environment) func(ask, options) strategy {
	name := env.Text("PLAN_STRATEGY", "breaker")
	chosen := map[string]func(ask, options) strategy{
		"none":                  none,
		"timeout":               timeout,
		"timeout-and-retry":     timeoutAndRetry,
		"retry-budget":          retryBudget,
		"breaker":               onlyBreaker,
		"breaker-with-fallback": breakerWithFallback,
	}[name]
	if chosen == nil {
		env.Fail(fmt.Errorf("there is no strategy %q", name))
	}
	return chosen
}
