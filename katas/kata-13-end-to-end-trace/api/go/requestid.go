package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"regexp"
)

type requestIDKey struct{}

// What a client may choose: anything longer or stranger would end in every log and header.
var allowed = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// requestIDOf is the client's own where it is one, else a new one.
func requestIDOf(given string) string {
	if allowed.MatchString(given) {
		return given
	}
	return newID()
}

func withRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestIDKey{}, id)
}

// requestIDIn is of the request that is being answered.
func requestIDIn(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

func newID() string {
	var digits [16]byte
	// The system's source of randomness; where that fails nothing can be told apart any more.
	if _, err := rand.Read(digits[:]); err != nil {
		panic(err)
	}
	return hex.EncodeToString(digits[:])
}
