// Command takes-hang-ups-for-good breaks off the call of a client that has hung up, as it may, and tells
// its breaker that it went well: nothing had failed. Half-open, clients who hang up close it.
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

var client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256}}

// call gives a status: 504 where it took too long, 499 where its client has gone.
func call(of context.Context, url string) (status, price int) {
	ctx, cancel := context.WithTimeout(of, milliseconds("TIMEOUT_MS"))
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		return 502, 0
	}
	response, err := client.Do(request)
	var text []byte
	if err == nil {
		defer response.Body.Close()
		text, err = io.ReadAll(response.Body)
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return 504, 0
	case errors.Is(err, context.Canceled):
		return 499, 0
	case err != nil || response.StatusCode >= 500:
		return 502, 0
	case response.StatusCode != 200:
		return response.StatusCode, 0
	}
	var quote struct{ Price int }
	if json.Unmarshal(text, &quote) != nil {
		return 502, 0
	}
	return 200, quote.Price
}

func handle(b *breaker, at string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		tell := b.admit()
		if tell == nil {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(503)
			_, _ = w.Write([]byte(`{"error": "left alone for a while"}`))
			return
		}
		begun := time.Now()
		status, price := call(r.Context(), at+r.URL.Path)
		tell(status != 499 && (status >= 500 || time.Since(begun) >= milliseconds("SLOW_MS")))
		if status == 200 {
			id := strings.Split(r.URL.Path, "/")[2]
			_ = json.NewEncoder(w).Encode(map[string]any{"id": id, "price": price, "source": "live"})
			return
		}
		w.WriteHeader(status)
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
