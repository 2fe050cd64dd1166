package main

import "context"

type order struct {
	// The client names its order, so that a request sent again can be recognised.
	ID   string `json:"id"`
	Item string `json:"item"`
}

// orders is where the orders live: the state of this service, and all that the strategies differ in.
type orders interface {
	// place does nothing new where the id is there already: it is the same order. It returns what is
	// kept under the id.
	place(context.Context, order) (order, error)
	find(ctx context.Context, id string) (found order, exists bool, err error)
	close()
}
