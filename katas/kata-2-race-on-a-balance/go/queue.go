package main

// queue has one owner an account: a goroutine that nobody else shares the balance with. Others send
// it a message and wait for the answer; it takes one message at a time, so it needs no lock. "Do
// not communicate by sharing memory; share memory by communicating."
type queue struct {
	owners *accounts[owner]
}

type owner struct {
	inbox chan message
}

type message struct {
	// 0 reads.
	amount int64
	answer chan<- outcome
}

func newQueue(think func()) bank {
	return queue{newAccounts(func() *owner {
		opened := &owner{inbox: make(chan message)}
		go opened.work(think)
		return opened
	})}
}

// work ends with the program: an account that exists is never closed.
func (o *owner) work(think func()) {
	// A variable of this goroutine alone. This is the whole trick.
	var balance int64
	for wanted := range o.inbox {
		if wanted.amount != 0 {
			think()
		}
		result := decide(balance, wanted.amount)
		balance = result.balance
		wanted.answer <- result
	}
}

func (o *owner) ask(amount int64) outcome {
	// Room for the answer, so that the owner never waits for the one who asked.
	answer := make(chan outcome, 1)
	o.inbox <- message{amount, answer}
	return <-answer
}

func (q queue) change(name string, amount int64) outcome {
	return q.owners.find(name).ask(amount)
}

// A read is a message too: it sees what was written before it, and nothing half done.
func (q queue) balanceOf(name string) int64 {
	return q.owners.find(name).ask(0).balance
}
