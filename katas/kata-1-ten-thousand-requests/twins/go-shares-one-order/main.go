package main

import (
	"net/http"
	"sync"

	"plan-lab/twin"
)

// One for all requests. The lock keeps the memory whole, and the orders mixed up.
var (
	lock    sync.Mutex
	current twin.Order
)

func main() {
	twin.Serve(func(response http.ResponseWriter, order twin.Order) {
		lock.Lock()
		current = order
		lock.Unlock()
		twin.Wait()
		lock.Lock()
		taken := current
		lock.Unlock()
		taken.Checksum = twin.Checksum(taken.ID)
		twin.Taken(response, taken)
	})
}
