package main

import "sync"

// loadShedding bounds what is under way in all; what matters less is refused first.
func loadShedding(most map[route]int) guard {
	var lock sync.Mutex
	underWay := 0
	leave := func() {
		lock.Lock()
		defer lock.Unlock()
		underWay--
	}
	return func(a asking) (func(), *refusal) {
		lock.Lock()
		defer lock.Unlock()
		if underWay >= most[a.to] {
			return nil, &refusal{}
		}
		underWay++
		return leave, nil
	}
}
