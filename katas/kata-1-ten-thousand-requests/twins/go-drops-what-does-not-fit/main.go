package main

import (
	"net/http"

	"plan-lab/twin"
)

func main() {
	room := make(chan struct{}, twin.Users*9/10)
	twin.Serve(func(response http.ResponseWriter, order twin.Order) {
		select {
		case room <- struct{}{}:
			defer func() { <-room }()
		default:
			// Load shedding, without a word to the client.
			connection, _, _ := response.(http.Hijacker).Hijack()
			_ = connection.Close()
			return
		}
		twin.Wait()
		order.Checksum = twin.Checksum(order.ID)
		twin.Taken(response, order)
	})
}
