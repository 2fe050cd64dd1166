package main

import (
	"os"
	"os/signal"
	"syscall"

	"plan-lab/twin"
)

// main ends when it is told to, with whatever it has in hand.
func main() {
	told := make(chan os.Signal, 1)
	signal.Notify(told, syscall.SIGTERM)
	go func() {
		<-told
		os.Exit(0)
	}()
	twin.Work(twin.TakeOnce)
}
