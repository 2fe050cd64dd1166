// A gateway whose limits are golang.org/x/time/rate, and whose places are channels.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"math"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/time/rate"
)

func number(name string) int {
	n, err := strconv.Atoi(os.Getenv(name))
	if err != nil {
		log.Fatalf("%s: %v", name, err)
	}
	return n
}

// limiters has one for each key.
type limiters struct {
	lock  sync.Mutex
	known map[string]*rate.Limiter
	rate  rate.Limit
	burst int
}

// reserve says how long until the next one would pass; 0 lets this one through.
func (l *limiters) reserve(key string) time.Duration {
	l.lock.Lock()
	defer l.lock.Unlock()
	own := l.known[key]
	if own == nil {
		own = rate.NewLimiter(l.rate, l.burst)
		l.known[key] = own
	}
	now := time.Now()
	reservation := own.ReserveN(now, 1)
	wait := reservation.DelayFrom(now)
	if wait > 0 {
		reservation.CancelAt(now)
	}
	return wait
}

type gateway struct {
	keys     map[string]bool
	limiters *limiters
	// places of its own for each service.
	places map[string]chan struct{}
	urls   map[string]string
	usual  time.Duration
	client *http.Client
}

func tell(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func refuse(w http.ResponseWriter, status, seconds int) {
	w.Header().Set("Retry-After", strconv.Itoa(seconds))
	tell(w, status, map[string]string{"error": "not now"})
}

func take(places chan struct{}) bool {
	select {
	case places <- struct{}{}:
		return true
	default:
		return false
	}
}

func (g *gateway) answer(route string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		within := g.usual
		if ms, err := strconv.Atoi(r.Header.Get("X-Timeout-Ms")); err == nil {
			within = time.Duration(ms) * time.Millisecond
		}
		ctx, cancel := context.WithTimeout(context.Background(), within)
		defer cancel()
		key := r.Header.Get("X-Api-Key")
		if !g.keys[key] {
			tell(w, http.StatusUnauthorized, map[string]string{"error": "who?"})
			return
		}
		if wait := g.limiters.reserve(key); wait > 0 {
			refuse(w, http.StatusTooManyRequests, int(math.Max(1, math.Ceil(wait.Seconds()))))
			return
		}
		if !take(g.places[route]) {
			refuse(w, http.StatusServiceUnavailable, 1)
			return
		}
		defer func() { <-g.places[route] }()
		id := strings.TrimPrefix(r.URL.Path, "/"+route+"/")
		value, status := g.call(ctx, route, id)
		if status != http.StatusOK {
			tell(w, status, map[string]string{"error": "no answer"})
			return
		}
		tell(w, status, map[string]any{"id": id, "value": value})
	}
}

func (g *gateway) call(ctx context.Context, route, id string) (value, status int) {
	until, _ := ctx.Deadline()
	left := time.Until(until).Milliseconds()
	if left <= 0 {
		return 0, http.StatusGatewayTimeout
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, g.urls[route]+"/"+route+"/"+id, nil)
	if err != nil {
		return 0, http.StatusBadGateway
	}
	request.Header.Set("X-Timeout-Ms", strconv.FormatInt(left, 10))
	response, err := g.client.Do(request)
	if err != nil {
		if ctx.Err() != nil {
			return 0, http.StatusGatewayTimeout
		}
		return 0, http.StatusBadGateway
	}
	defer response.Body.Close()
	var said struct{ Value int }
	err = json.NewDecoder(response.Body).Decode(&said)
	switch {
	case ctx.Err() != nil || response.StatusCode == http.StatusGatewayTimeout:
		return 0, http.StatusGatewayTimeout
	case err != nil || response.StatusCode != http.StatusOK:
		return 0, http.StatusBadGateway
	}
	return said.Value, http.StatusOK
}

func main() {
	workers := number("PLAN_WORKERS")
	keys := map[string]bool{}
	for _, key := range strings.Split(os.Getenv("API_KEYS"), ",") {
		keys[key] = true
	}
	g := &gateway{
		keys: keys,
		limiters: &limiters{
			known: map[string]*rate.Limiter{},
			rate:  rate.Limit(number("PLAN_CLIENT_RATE")),
			burst: number("PLAN_CLIENT_BURST"),
		},
		places: map[string]chan struct{}{
			"checkout":        make(chan struct{}, workers),
			"recommendations": make(chan struct{}, workers/2),
		},
		urls: map[string]string{
			"checkout":        os.Getenv("CHECKOUT_URL"),
			"recommendations": os.Getenv("RECOMMENDATIONS_URL"),
		},
		usual:  time.Duration(number("PLAN_TIMEOUT_MS")) * time.Millisecond,
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: workers}},
	}
	routes := http.NewServeMux()
	routes.HandleFunc("/health", func(w http.ResponseWriter, _ *http.Request) { tell(w, http.StatusOK, struct{}{}) })
	for route := range g.urls {
		routes.HandleFunc("/"+route+"/", g.answer(route))
	}
	server := &http.Server{Addr: fmt.Sprintf("127.0.0.1:%d", number("PORT")), Handler: routes}
	term, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		<-term.Done()
		ending, cancel := context.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		_ = server.Shutdown(ending)
	}()
	if err := server.ListenAndServe(); err != http.ErrServerClosed {
		log.Fatal(err)
	}
	<-ended
}
