package main

import "sync"

// budget lets a share of the requests be tried again: when everything fails, that is hardly any.
type budget struct {
	lock sync.Mutex
	left float64
}

const (
	share    = 0.1
	mostLeft = 5
)

// earn is for a request that has come.
func (b *budget) earn() {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.left += share
	if b.left > mostLeft {
		b.left = mostLeft
	}
}

// spend says whether there is one left.
func (b *budget) spend() bool {
	b.lock.Lock()
	defer b.lock.Unlock()
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}
