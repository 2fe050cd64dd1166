package main

import "sync"

// outcome of a deposit or a withdrawal, and the balance after it.
type outcome struct {
	done    bool
	balance int64
}

type bank interface {
	// change takes more than 0 for a deposit, less than 0 for a withdrawal.
	change(account string, amount int64) outcome
	balanceOf(account string) int64
}

// strategy is one way to keep balances. The time that a real bank spends between reading and
// writing (limits, fraud, …) passes in think.
type strategy func(think func()) bank

// decide is the rule of the bank, the same in every strategy: nobody takes what is not there.
func decide(balance, amount int64) outcome {
	if after := balance + amount; after >= 0 {
		return outcome{done: true, balance: after}
	}
	return outcome{done: false, balance: balance}
}

// accounts by name, each made on its first use. Making them is safe in every strategy: what a
// strategy shows is how it treats the balance inside.
type accounts[account any] struct {
	lock   sync.Mutex
	byName map[string]*account
	open   func() *account
}

func newAccounts[account any](open func() *account) *accounts[account] {
	return &accounts[account]{byName: map[string]*account{}, open: open}
}

func (a *accounts[account]) find(name string) *account {
	a.lock.Lock()
	defer a.lock.Unlock()
	found := a.byName[name]
	if found == nil {
		found = a.open()
		a.byName[name] = found
	}
	return found
}
