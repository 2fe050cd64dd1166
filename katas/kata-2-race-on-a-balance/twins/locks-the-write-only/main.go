package main

import (
	"sync"

	"plan-lab/twin"
)

func main() {
	twin.Serve(act)
}

var lock sync.Mutex
var balances = map[string]int{}

// act locks to read and locks to write, and gives the lock back in between: no data race is left,
// and money is lost.
func act(order twin.Order) twin.Answer {
	lock.Lock()
	before := balances[order.Account]
	lock.Unlock()
	if order.Kind == "read" {
		return twin.Done(before)
	}
	twin.Think()
	after := before + order.Signed()
	if after < 0 {
		return twin.Refused(before)
	}
	lock.Lock()
	balances[order.Account] = after
	lock.Unlock()
	return twin.Done(after)
}
