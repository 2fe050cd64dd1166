// Command right-on-gobreaker is a right program on github.com/sony/gobreaker: what is slow it is told
// as an error, and one number says how many probes there may be and how many of them close it. Its window
// slides in buckets; without them it would be emptied as a whole, again and again.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/sony/gobreaker/v2"
)

type answer struct {
	status int
	price  int
}

var (
	errFailed  = errors.New("failed")
	errTimeout = errors.New("timed out")
	errSlow    = errors.New("slow")
)

func number(name string) int {
	n, err := strconv.Atoi(os.Getenv("PLAN_" + name))
	if err != nil {
		panic(err)
	}
	return n
}

func milliseconds(name string) time.Duration {
	return time.Duration(number(name)) * time.Millisecond
}

func newBreaker() *gobreaker.CircuitBreaker[answer] {
	least, percent := uint32(number("MIN_CALLS")), uint32(number("FAIL_PERCENT"))
	return gobreaker.NewCircuitBreaker[answer](gobreaker.Settings{
		MaxRequests:  uint32(number("PROBES")),
		Interval:     milliseconds("WINDOW_MS"),
		BucketPeriod: milliseconds("WINDOW_MS") / 10,
		Timeout:      milliseconds("OPEN_MS"),
		ReadyToTrip: func(c gobreaker.Counts) bool {
			return c.Requests >= least && 100*c.TotalFailures >= percent*c.Requests
		},
	})
}

func call(url string) (answer, error) {
	ctx, cancel := context.WithTimeout(context.Background(), milliseconds("TIMEOUT_MS"))
	defer cancel()
	begun := time.Now()
	request, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		return answer{}, err
	}
	response, err := http.DefaultClient.Do(request)
	var text []byte
	if err == nil {
		defer response.Body.Close()
		text, err = io.ReadAll(response.Body)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return answer{}, errTimeout
	}
	if err != nil || response.StatusCode >= 500 {
		return answer{}, errFailed
	}
	came := answer{status: response.StatusCode}
	if came.status == 200 {
		var quote struct{ Price int }
		if err := json.Unmarshal(text, &quote); err != nil {
			return answer{}, errFailed
		}
		came.price = quote.Price
	}
	if time.Since(begun) >= milliseconds("SLOW_MS") {
		return came, errSlow
	}
	return came, nil
}

func handle(breaker *gobreaker.CircuitBreaker[answer], at string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id := strings.Split(r.URL.Path, "/")[2]
		came, err := breaker.Execute(func() (answer, error) { return call(at + r.URL.Path) })
		w.Header().Set("Content-Type", "application/json")
		switch {
		case errors.Is(err, gobreaker.ErrOpenState), errors.Is(err, gobreaker.ErrTooManyRequests):
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(503)
		case errors.Is(err, errTimeout):
			w.WriteHeader(504)
		case err != nil && !errors.Is(err, errSlow):
			w.WriteHeader(502)
		case came.status != 200:
			w.WriteHeader(came.status)
		default:
			_ = json.NewEncoder(w).Encode(map[string]any{"id": id, "price": came.price, "source": "live"})
			return
		}
		_, _ = w.Write([]byte(`{"error": "no quote"}`))
	}
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/health", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(200) })
	mux.HandleFunc("/quotes/", handle(newBreaker(), os.Getenv("UPSTREAM_URL")))
	mux.HandleFunc("/rates/", handle(newBreaker(), os.Getenv("RATES_URL")))
	var fresh sync.Map
	server := &http.Server{
		Addr: "127.0.0.1:" + os.Getenv("PORT"), Handler: mux,
		// Shutdown waits for connections on which nothing was sent as yet.
		ConnState: func(conn net.Conn, state http.ConnState) {
			if state == http.StateNew {
				fresh.Store(conn, true)
			} else {
				fresh.Delete(conn)
			}
		},
	}
	term, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	drained := make(chan struct{})
	go func() {
		defer close(drained)
		<-term.Done()
		fresh.Range(func(conn, _ any) bool {
			_ = conn.(net.Conn).Close()
			return true
		})
		_ = server.Shutdown(context.Background())
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		panic(err)
	}
	// ListenAndServe ends as the shutdown begins.
	<-drained
}
