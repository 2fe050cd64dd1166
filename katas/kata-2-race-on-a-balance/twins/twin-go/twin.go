// Package twin is what the twins in Go share: everything but the way they keep balances.
package twin

import (
	"encoding/json"
	"log"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Order has amount 0 where its kind is "read"; the others are "deposit" and "withdrawal".
type Order struct {
	Account string
	Kind    string
	Amount  int
}

// Signed is what the order adds to the balance.
func (o Order) Signed() int {
	if o.Kind == "withdrawal" {
		return -o.Amount
	}
	return o.Amount
}

type Answer struct {
	Status int
	Body   map[string]any
}

func Done(balance int) Answer {
	return Answer{200, map[string]any{"balance": balance}}
}

func Refused(balance int) Answer {
	return Answer{409, map[string]any{"error": "insufficient funds", "balance": balance}}
}

func Think() {
	ms, _ := strconv.Atoi(os.Getenv("PLAN_THINK_MS"))
	time.Sleep(time.Duration(ms) * time.Millisecond)
}

func Serve(act func(Order) Answer) {
	term := make(chan os.Signal, 1)
	signal.Notify(term, syscall.SIGTERM)
	go func() {
		<-term
		// All requests are answered when the experiment stops a program.
		os.Exit(0)
	}()
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), http.HandlerFunc(
		func(response http.ResponseWriter, request *http.Request) {
			answer := Answer{200, map[string]any{}}
			if request.URL.Path != "/health" {
				order, ok := read(request)
				answer = Answer{400, map[string]any{"error": "no amount"}}
				if ok {
					answer = act(order)
				}
			}
			response.WriteHeader(answer.Status)
			_ = json.NewEncoder(response).Encode(answer.Body)
		})))
}

// read says false where the body is no amount.
func read(request *http.Request) (Order, bool) {
	parts := append(strings.Split(request.URL.Path, "/"), "reads")
	kind := strings.TrimSuffix(parts[3], "s")
	if kind == "read" {
		return Order{parts[2], kind, 0}, true
	}
	var body struct{ Amount *int }
	err := json.NewDecoder(request.Body).Decode(&body)
	ok := err == nil && body.Amount != nil && *body.Amount >= 1 && *body.Amount <= 1_000_000_000
	if !ok {
		return Order{}, false
	}
	return Order{parts[2], kind, *body.Amount}, true
}
