package main

import (
	"net/http"
	"sync"

	"plan-lab/twin"
)

var (
	once     sync.Once
	checksum uint32
)

func main() {
	twin.Serve(func(response http.ResponseWriter, order twin.Order) {
		twin.Wait()
		// A cache whose key forgets what the value depends on.
		once.Do(func() { checksum = twin.Checksum(order.ID) })
		order.Checksum = checksum
		twin.Taken(response, order)
	})
}
