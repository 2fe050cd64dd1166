// Package kit is what the Go implementations share: reading the environment, routes, and the life
// of a server from healthy to drained. What needs a database is in kit/postgres.
package kit

import (
	"fmt"
	"os"
	"strconv"
	"time"
)

// Environment is what the lab tells an implementation: katas/CONTRACT.md, first section. The first
// variable that is missing or wrong is kept as its error, so that a program asks for all that it
// needs and then looks at Err once.
type Environment struct {
	get func(string) string
	err error
}

// ReadEnvironment reads nothing yet.
func ReadEnvironment() *Environment {
	return &Environment{get: os.Getenv}
}

// Err names the first variable that was missing or wrong, and what it must be.
func (e *Environment) Err() error {
	return e.err
}

// Port is where to listen, on 127.0.0.1.
func (e *Environment) Port() int {
	return e.number("PORT", e.Required("PORT"), 65_535)
}

// Required is for a variable without which the program can't work, such as DATABASE_URL.
func (e *Environment) Required(name string) string {
	value := e.get(name)
	if value == "" {
		e.Fail(fmt.Errorf("%s is not set", name))
	}
	return value
}

// Text takes the fallback where the variable is not set.
func (e *Environment) Text(name, fallback string) string {
	if value := e.get(name); value != "" {
		return value
	}
	return fallback
}

// Integer is a whole number from 0, such as PLAN_RETRIES.
func (e *Environment) Integer(name string, fallback int) int {
	return e.number(name, e.Text(name, strconv.Itoa(fallback)), 1<<31-1)
}

// Milliseconds is for options such as PLAN_THINK_MS.
func (e *Environment) Milliseconds(name string, fallback int) time.Duration {
	return time.Duration(e.Integer(name, fallback)) * time.Millisecond
}

func (e *Environment) number(name, value string, max int) int {
	number, err := strconv.Atoi(value)
	if err != nil || number < 0 || number > max {
		e.Fail(fmt.Errorf("%s must be a whole number from 0 to %d, not %q", name, max, value))
		return 0
	}
	return number
}

// Fail is for whoever finds a value wrong; only the first error is kept.
func (e *Environment) Fail(err error) {
	if e.err == nil {
		e.err = err
	}
}
