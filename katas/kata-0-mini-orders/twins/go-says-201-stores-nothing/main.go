package main

import "plan-lab/twin"

// nowhere is fast.
type nowhere struct{}

func main() {
	twin.Serve(nowhere{})
}

func (nowhere) Place(twin.Order) error { return nil }

func (nowhere) Find(string) (twin.Order, bool, error) { return twin.Order{}, false, nil }
