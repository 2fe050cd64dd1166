package main

import (
	"math/rand"
	"net/http"
	"time"

	"plan-lab/kit"
)

type gateway struct {
	strategy strategy
	// usual is how long a client waits that says nothing.
	usual time.Duration
	known map[string]bool
	calls map[route]call
}

func (g *gateway) handler(to route) kit.Handler {
	return func(request kit.Request) (int, any, error) {
		// Taken once, as the request arrives: everything later asks how much is left.
		until := noDeadline
		if g.strategy.hasDeadlines {
			until = deadlineOf(request.Header, g.usual)
		}
		client := request.Header.Get("X-Api-Key")
		if !g.known[client] {
			return http.StatusUnauthorized, kit.Problem{Error: "no such key"}, nil
		}
		leave, refused := g.strategy.guard(asking{to, client})
		if refused != nil {
			status, body := refusalOf(*refused)
			return status, body, nil
		}
		// On every way out: a place that is not given back is gone for ever.
		defer leave()
		id := request.Parameters["id"]
		status, body := answerTo(id, g.calls[to](id, until))
		return status, body, nil
	}
}

type answer struct {
	ID    string `json:"id"`
	Value int    `json:"value"`
}

func answerTo(id string, o outcome) (int, any) {
	switch o.kind {
	case answered:
		return http.StatusOK, answer{id, o.value}
	case outOfTime:
		return http.StatusGatewayTimeout, kit.Problem{Error: "out of time"}
	default:
		return http.StatusBadGateway, kit.Problem{Error: "the service behind failed"}
	}
}

// refusalOf is for this client, or for anybody: who is told the same number of seconds comes back together.
func refusalOf(r refusal) (int, any) {
	if !r.isTheClients {
		after := time.Duration(1+rand.Intn(2)) * time.Second
		return http.StatusServiceUnavailable, kit.ComeBack{Problem: kit.Problem{Error: "too much to do"}, After: after}
	}
	return http.StatusTooManyRequests, kit.ComeBack{Problem: kit.Problem{Error: "too many of yours"}, After: r.wait}
}
