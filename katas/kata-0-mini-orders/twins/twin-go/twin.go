// Package twin is what the twins in Go share: everything but where they keep their orders. It needs
// nothing but the standard library.
package twin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"
)

type Order struct {
	ID   string `json:"id"`
	Item string `json:"item"`
}

// Orders is what a twin does otherwise than the others.
type Orders interface {
	// Place gives back what is kept under the id.
	Place(Order) (Order, error)
	Find(id string) (Order, bool, error)
}

// Serve calls upstream for each order once it is placed, until SIGTERM.
func Serve(orders Orders) {
	term, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Getenv("PORT"))
	if err != nil {
		log.Fatal(err)
	}
	var inHand sync.WaitGroup
	routes := handler(orders)
	server := &http.Server{Handler: http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		inHand.Add(1)
		defer inHand.Done()
		routes.ServeHTTP(response, request)
	})}
	go func() { _ = server.Serve(listener) }()
	<-term.Done()
	_ = listener.Close()
	inHand.Wait()
	// The last answer goes out before its connection is closed.
	deadline, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	_ = server.Shutdown(deadline)
}

func handler(orders Orders) http.Handler {
	routes := http.NewServeMux()
	routes.HandleFunc("/health", func(response http.ResponseWriter, _ *http.Request) {
		answer(response, http.StatusOK, struct{}{})
	})
	routes.HandleFunc("/orders", func(response http.ResponseWriter, request *http.Request) {
		order, isOrder := readOrder(request)
		if !isOrder {
			answer(response, http.StatusBadRequest, map[string]string{"error": "not an order"})
			return
		}
		kept, err := orders.Place(order)
		if err == nil {
			err = confirm(order.ID)
		}
		if err != nil {
			fail(response, err)
			return
		}
		answer(response, http.StatusCreated, kept)
	})
	routes.HandleFunc("/orders/", func(response http.ResponseWriter, request *http.Request) {
		order, exists, err := orders.Find(strings.TrimPrefix(request.URL.Path, "/orders/"))
		switch {
		case err != nil:
			fail(response, err)
		case exists:
			answer(response, http.StatusOK, order)
		default:
			answer(response, http.StatusNotFound, map[string]string{"error": "unknown"})
		}
	})
	return routes
}

func readOrder(request *http.Request) (Order, bool) {
	var wanted struct{ ID, Item *string }
	body, err := io.ReadAll(request.Body)
	if err != nil || json.Unmarshal(body, &wanted) != nil || wanted.ID == nil || wanted.Item == nil {
		return Order{}, false
	}
	return Order{ID: *wanted.ID, Item: *wanted.Item}, true
}

func confirm(id string) error {
	body, err := json.Marshal(map[string]string{"order": id})
	if err != nil {
		return err
	}
	address := os.Getenv("UPSTREAM_URL") + "/confirmations"
	said, err := http.Post(address, "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	if said.StatusCode != http.StatusOK {
		err = fmt.Errorf("not confirmed: %d", said.StatusCode)
	}
	return errors.Join(err, said.Body.Close())
}

func answer(response http.ResponseWriter, status int, body any) {
	response.Header().Set("Content-Type", "application/json")
	response.WriteHeader(status)
	_ = json.NewEncoder(response).Encode(body)
}

func fail(response http.ResponseWriter, err error) {
	log.Print(err)
	answer(response, http.StatusInternalServerError, map[string]string{"error": "internal error"})
}
