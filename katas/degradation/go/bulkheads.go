package main

// bulkheads are places of its own for each service: one that hangs takes no more than its own. Each is a
// semaphore, a channel that holds as many as there are places.
func bulkheads(places map[route]int) guard {
	taken := map[route]chan struct{}{}
	for to, count := range places {
		taken[to] = make(chan struct{}, count)
	}
	return func(a asking) (func(), *refusal) {
		own := taken[a.to]
		select {
		case own <- struct{}{}:
			return func() { <-own }, nil
		default:
			return nil, &refusal{}
		}
	}
}
