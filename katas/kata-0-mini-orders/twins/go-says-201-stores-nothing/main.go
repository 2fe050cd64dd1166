package main

import "plan-lab/twin"

// nowhere is fast.
type nowhere struct{}

func main() {
	twin.Serve(nowhere{})
}

func (nowhere) Place(order twin.Order) (twin.Order, error) { return order, nil }

func (nowhere) Find(string) (twin.Order, bool, error) { return twin.Order{}, false, nil }
