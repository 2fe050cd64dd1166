package main

import (
	"net/http"
	"time"

	"plan-lab/kit"
)

type quote struct {
	ID string `json:"id"`
	// Price is null where nothing is known.
	Price  *int   `json:"price"`
	Source string `json:"source"`
}

// answerTo is what the client hears of a call.
func answerTo(id string, o outcome) (int, any) {
	switch o.kind {
	case live:
		return http.StatusOK, quote{id, &o.price, "live"}
	case unknown:
		return http.StatusNotFound, kit.Problem{Error: "there is no " + id}
	case timedOut:
		return http.StatusGatewayTimeout, kit.Problem{Error: "the service behind took too long"}
	default:
		return http.StatusBadGateway, kit.Problem{Error: "the service behind failed"}
	}
}

func rejected(after time.Duration) (int, any) {
	why := kit.Problem{Error: "the service behind is left alone for a while"}
	return http.StatusServiceUnavailable, kit.ComeBack{Problem: why, After: after}
}

// fallback is better than nothing, and not to be taken for today's price.
func fallback(id string, price *int) (int, any) {
	return http.StatusOK, quote{id, price, "fallback"}
}
