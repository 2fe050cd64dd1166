package main

import (
	"math"
	"net/http"
	"strconv"
	"time"
)

type problem struct {
	Error string `json:"error"`
}

type quote struct {
	ID string `json:"id"`
	// Price is null where nothing is known.
	Price  *int   `json:"price"`
	Source string `json:"source"`
}

// rejection is for whom nobody was asked.
type rejection struct {
	problem
	after time.Duration
}

func (r rejection) Headers() map[string]string {
	seconds := math.Max(1, math.Ceil(r.after.Seconds()))
	return map[string]string{"Retry-After": strconv.Itoa(int(seconds))}
}

// answerTo is what the client hears of a call.
func answerTo(id string, o outcome) (int, any) {
	switch o.kind {
	case live:
		return http.StatusOK, quote{id, &o.price, "live"}
	case unknown:
		return http.StatusNotFound, problem{"there is no " + id}
	case timedOut:
		return http.StatusGatewayTimeout, problem{"the service behind took too long"}
	default:
		return http.StatusBadGateway, problem{"the service behind failed"}
	}
}

func rejected(after time.Duration) (int, any) {
	why := problem{"the service behind is left alone for a while"}
	return http.StatusServiceUnavailable, rejection{why, after}
}

// fallback is better than nothing, and not to be taken for today's price.
func fallback(id string, price *int) (int, any) {
	return http.StatusOK, quote{id, price, "fallback"}
}
