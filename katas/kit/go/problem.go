package kit

import (
	"math"
	"strconv"
	"time"
)

// Problem is the body of an answer that says what is wrong.
type Problem struct {
	Error string `json:"error"`
}

// ComeBack is a problem that is over after a while; its answer says when to come back.
type ComeBack struct {
	Problem
	After time.Duration `json:"-"`
}

// Headers has whole seconds, rounded up: nobody is to come back too early.
func (c ComeBack) Headers() map[string]string {
	seconds := math.Max(1, math.Ceil(c.After.Seconds()))
	return map[string]string{"Retry-After": strconv.Itoa(int(seconds))}
}
