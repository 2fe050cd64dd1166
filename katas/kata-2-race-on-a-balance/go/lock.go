package main

import "sync"

// lock has one mutex an account. Whoever wants to read and write its balance waits until nobody
// else is between the two. Other accounts don't wait: each has a mutex of its own.
type lock struct {
	accounts *accounts[lockedAccount]
	think    func()
}

type lockedAccount struct {
	mutex   sync.Mutex
	balance int64
}

func newLock(think func()) bank {
	return lock{newAccounts(func() *lockedAccount { return &lockedAccount{} }), think}
}

func (l lock) change(name string, amount int64) outcome {
	account := l.accounts.find(name)
	account.mutex.Lock()
	// Also where something panics: a mutex that is never given back stops the account for ever.
	defer account.mutex.Unlock()

	balance := account.balance
	l.think()
	result := decide(balance, amount)
	account.balance = result.balance
	return result
}

// balanceOf locks as well: without it, reading while somebody writes is a data race.
func (l lock) balanceOf(name string) int64 {
	account := l.accounts.find(name)
	account.mutex.Lock()
	defer account.mutex.Unlock()
	return account.balance
}
