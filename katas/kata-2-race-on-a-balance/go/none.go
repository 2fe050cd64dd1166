package main

// none reads, thinks, writes. Every request runs in a goroutine of its own, so two of them read the
// same balance, and whoever writes last wipes out what the other wrote.
//
// It is a data race as well (two goroutines use the same memory, one of them writes): go run -race
// reports it. But mind what that proves: with an atomic load and an atomic store in the place of
// the two plain ones the report is gone, and money is lost as before.
type none struct {
	accounts *accounts[plainAccount]
	think    func()
}

type plainAccount struct {
	balance int64
}

func newNone(think func()) bank {
	return none{newAccounts(func() *plainAccount { return &plainAccount{} }), think}
}

func (n none) change(name string, amount int64) outcome {
	account := n.accounts.find(name)
	balance := account.balance

	n.think()

	// What was read is old by now.
	result := decide(balance, amount)
	if result.done {
		account.balance = result.balance
	}
	return result
}

func (n none) balanceOf(name string) int64 {
	return n.accounts.find(name).balance
}
