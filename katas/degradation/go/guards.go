package main

import "time"

// asking is what wants to go through.
type asking struct {
	to     route
	client string
}

// refusal says to whom it is due, and how long until the next one would pass.
type refusal struct {
	isTheClients bool
	wait         time.Duration
}

// guard gives leave, to be called once the request is over, however it ends; or a refusal.
type guard func(asking) (leave func(), refused *refusal)

func nothing() {}

func open(asking) (func(), *refusal) {
	return nothing, nil
}
