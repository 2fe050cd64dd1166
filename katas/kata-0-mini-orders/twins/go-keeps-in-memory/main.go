package main

import (
	"sync"

	"plan-lab/twin"
)

// memory is a map of this process, safe for many requests at once and for one process only.
type memory struct{ orders sync.Map }

func main() {
	twin.Serve(&memory{})
}

func (m *memory) Place(order twin.Order) (twin.Order, error) {
	kept, _ := m.orders.LoadOrStore(order.ID, order)
	return kept.(twin.Order), nil
}

func (m *memory) Find(id string) (twin.Order, bool, error) {
	order, exists := m.orders.Load(id)
	if !exists {
		return twin.Order{}, false, nil
	}
	return order.(twin.Order), true, nil
}
