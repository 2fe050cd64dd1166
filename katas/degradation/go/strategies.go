package main

type options struct {
	// workers of the services behind, together.
	workers     int
	clientRate  int
	clientBurst int
}

type strategy struct {
	guard guard
	// hasDeadlines: they are kept and handed on.
	hasDeadlines bool
}

var strategies = map[string]func(options) strategy{
	"none":          func(options) strategy { return strategy{guard: open} },
	"timeouts":      func(options) strategy { return strategy{guard: open, hasDeadlines: true} },
	"bulkheads":     func(o options) strategy { return strategy{guard: halves(o)} },
	"rate-limit":    func(o options) strategy { return strategy{guard: limited(o)} },
	"load-shedding": func(o options) strategy { return strategy{guard: byPriority(o)} },
	"all": func(o options) strategy {
		return strategy{guard: allOf(limited(o), byPriority(o), reserved(o)), hasDeadlines: true}
	},
}

// halves: half of the workers each.
func halves(o options) guard {
	half := o.workers / 2
	return bulkheads(map[route]int{checkout: half, recommendations: half})
}

func limited(o options) guard {
	return rateLimit(o.clientRate, o.clientBurst)
}

// byPriority: recommendations while workers are free but for two; checkouts may wait for one, too.
func byPriority(o options) guard {
	return loadShedding(map[route]int{checkout: 2 * o.workers, recommendations: o.workers - 2})
}

// reserved: checkouts may have all workers, recommendations half of them.
func reserved(o options) guard {
	return bulkheads(map[route]int{checkout: 2 * o.workers, recommendations: o.workers / 2})
}
