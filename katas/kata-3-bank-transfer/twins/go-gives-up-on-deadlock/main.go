package main

import "plan-lab/twin"

// A deadlock is a 503, without a retry.
func main() {
	twin.Serve(twin.Honest().InTransaction, false)
}
