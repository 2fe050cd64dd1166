package main

import (
	"sync"

	"plan-lab/twin"
)

func main() {
	go work()
	twin.Serve(act)
}

var lock sync.Mutex
var balances = map[string]int{}
var inbox = make(chan twin.Order, 8)

// act puts deposits into an inbox and acknowledges them; where the inbox is full they are lost.
func act(order twin.Order) twin.Answer {
	if order.Kind == "deposit" {
		select {
		case inbox <- order:
		default:
		}
		return twin.Done(balanceOf(order.Account) + order.Amount)
	}
	lock.Lock()
	defer lock.Unlock()
	after := balances[order.Account] + order.Signed()
	if after < 0 {
		return twin.Refused(balances[order.Account])
	}
	balances[order.Account] = after
	return twin.Done(after)
}

func work() {
	for order := range inbox {
		twin.Think()
		lock.Lock()
		balances[order.Account] += order.Amount
		lock.Unlock()
	}
}

func balanceOf(account string) int {
	lock.Lock()
	defer lock.Unlock()
	return balances[account]
}
