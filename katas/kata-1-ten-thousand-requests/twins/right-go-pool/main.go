package main

import (
	"net/http"

	"plan-lab/twin"
)

// Two workers compute; ten thousand goroutines wait.
func main() {
	type task struct {
		id   string
		done chan uint32
	}
	tasks := make(chan task)
	for worker := 0; worker < 2; worker++ {
		go func() {
			for one := range tasks {
				one.done <- twin.Checksum(one.id)
			}
		}()
	}
	twin.Serve(func(response http.ResponseWriter, order twin.Order) {
		twin.Wait()
		one := task{order.ID, make(chan uint32)}
		tasks <- one
		order.Checksum = <-one.done
		twin.Taken(response, order)
	})
}
