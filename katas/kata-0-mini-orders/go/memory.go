package main

import (
	"context"
	"sync"
)

// memory keeps the orders in a map of this process: the service is stateful. Nothing is faster, and
// alone it is right. A second replica has a map of its own, and a restart begins with an empty one:
// what was acknowledged is then gone.
type memory struct {
	lock sync.RWMutex
	byID map[string]order
}

func newMemory() *memory {
	return &memory{byID: map[string]order{}}
}

func (m *memory) place(_ context.Context, wanted order) (order, error) {
	m.lock.Lock()
	defer m.lock.Unlock()
	if kept, exists := m.byID[wanted.ID]; exists {
		return kept, nil
	}
	m.byID[wanted.ID] = wanted
	return wanted, nil
}

func (m *memory) find(_ context.Context, id string) (order, bool, error) {
	m.lock.RLock()
	defer m.lock.RUnlock()
	found, exists := m.byID[id]
	return found, exists, nil
}

func (m *memory) close() {}
