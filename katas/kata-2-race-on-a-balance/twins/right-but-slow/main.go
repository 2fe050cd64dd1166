package main

import (
	"time"

	"plan-lab/twin"
)

func main() {
	twin.Serve(act)
}

// A channel with room for one is a lock as well: whoever has put something in is inside.
var inside = make(chan struct{}, 1)
var balances = map[string]int{}

// act is right, and every answer takes 30 ms more.
func act(order twin.Order) twin.Answer {
	defer time.Sleep(30 * time.Millisecond)
	if order.Kind != "read" {
		twin.Think()
	}
	inside <- struct{}{}
	defer func() { <-inside }()
	after := balances[order.Account] + order.Signed()
	if after < 0 {
		return twin.Refused(balances[order.Account])
	}
	balances[order.Account] = after
	return twin.Done(after)
}
