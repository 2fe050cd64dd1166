package main

import (
	"net/http"
	"strconv"
	"time"
)

const timeHeader = "X-Timeout-Ms"

// deadline is until when somebody waits, by the own clock. It is handed on as what is left: clocks differ.
type deadline struct{ at time.Time }

var noDeadline = deadline{}

// deadlineOf is what the client says, or the usual time.
func deadlineOf(headers http.Header, usual time.Duration) deadline {
	within := usual
	if ms, err := strconv.ParseUint(headers.Get(timeHeader), 10, 31); err == nil {
		within = time.Duration(ms) * time.Millisecond
	}
	return deadline{time.Now().Add(within)}
}

func (d deadline) isBounded() bool {
	return !d.at.IsZero()
}

// leftMs is in whole milliseconds, and never below 0.
func (d deadline) leftMs() int64 {
	left := time.Until(d.at).Milliseconds()
	if left < 0 {
		return 0
	}
	return left
}
