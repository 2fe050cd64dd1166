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

// act subtracts under the lock, so that nothing is lost; whether there is enough it has asked before.
func act(order twin.Order) twin.Answer {
	if balance := balanceOf(order.Account); order.Kind == "withdrawal" && balance < order.Amount {
		return twin.Refused(balance)
	}
	if order.Kind != "read" {
		twin.Think()
	}
	lock.Lock()
	defer lock.Unlock()
	balances[order.Account] += order.Signed()
	return twin.Done(balances[order.Account])
}

func balanceOf(account string) int {
	lock.Lock()
	defer lock.Unlock()
	return balances[account]
}
