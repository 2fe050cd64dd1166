// Package twin is what the twins in Go share: everything but the way they take an order.
package twin

import (
	"encoding/json"
	"log"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"
)

type Order struct {
	ID       string `json:"id"`
	Amount   int    `json:"amount"`
	Checksum uint32 `json:"checksum"`
}

func option(name string) int {
	value, _ := strconv.Atoi(os.Getenv(name))
	return value
}

// Users is how many there are in the burst; the warm-up has 500 at most.
var Users = option("PLAN_USERS")

func Wait() {
	time.Sleep(time.Duration(option("PLAN_IO_MS")) * time.Millisecond)
}

func Checksum(id string) uint32 {
	x := uint32(0x811c9dc5)
	for i := 0; i < len(id); i++ {
		x = (x ^ uint32(id[i])) * 0x01000193
	}
	for step := option("PLAN_CPU_US") * 400; step > 0; step-- {
		x = (x^(x>>15))*0x2c1b3c6d + 1
	}
	return x
}

// Taken answers with the order and its checksum.
func Taken(response http.ResponseWriter, order Order) {
	response.WriteHeader(http.StatusCreated)
	_ = json.NewEncoder(response).Encode(order)
}

func Serve(place func(http.ResponseWriter, Order)) {
	term := make(chan os.Signal, 1)
	signal.Notify(term, syscall.SIGTERM)
	go func() {
		<-term
		// All requests are answered when the experiment stops a program.
		os.Exit(0)
	}()
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), http.HandlerFunc(
		func(response http.ResponseWriter, request *http.Request) {
			if request.URL.Path == "/health" {
				return
			}
			var order Order
			_ = json.NewDecoder(request.Body).Decode(&order)
			place(response, order)
		})))
}
