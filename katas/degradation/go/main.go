// Command degradation is a gateway before two services that share their workers; PLAN_STRATEGY says how it
// defends them.
package main

import (
	"context"
	"fmt"
	"log"
	"strings"

	"plan-lab/kit"
)

func main() {
	env := kit.ReadEnvironment()
	port := env.Port()
	o := options{
		workers:     env.Integer("PLAN_WORKERS", 8),
		clientRate:  env.Integer("PLAN_CLIENT_RATE", 20),
		clientBurst: env.Integer("PLAN_CLIENT_BURST", 10),
	}
	usual := env.Milliseconds("PLAN_TIMEOUT_MS", 500)
	strategy := strategyOf(env, o)
	known := map[string]bool{}
	for _, key := range strings.Split(env.Required("API_KEYS"), ",") {
		known[key] = true
	}
	calls := map[route]call{
		checkout:        serviceAt(env.Required("CHECKOUT_URL"), checkout),
		recommendations: serviceAt(env.Required("RECOMMENDATIONS_URL"), recommendations),
	}
	if err := env.Err(); err != nil {
		log.Fatal(err)
	}
	g := &gateway{strategy: strategy, usual: usual, known: known, calls: calls}
	kit.Run(port, func(context.Context) (kit.Routes, func(), error) {
		return kit.Routes{
			"GET /checkout/{id}":        g.handler(checkout),
			"GET /recommendations/{id}": g.handler(recommendations),
		}, func() {}, nil
	})
}

func strategyOf(env *kit.Environment, o options) strategy {
	name := env.Text("PLAN_STRATEGY", "all")
	chosen, ok := strategies[name]
	if !ok {
		env.Fail(fmt.Errorf("there is no strategy %q", name))
		return strategy{}
	}
	return chosen(o)
}
