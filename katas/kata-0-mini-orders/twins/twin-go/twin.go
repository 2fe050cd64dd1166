// Package twin is what the twins in Go share: everything but where they keep their orders. It needs
// nothing but the standard library.
package twin

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

type Order struct {
	ID   string `json:"id"`
	Item string `json:"item"`
}

// Orders is what a twin does otherwise than the others.
type Orders interface {
	Place(Order) error
	Find(id string) (Order, bool, error)
}

// Serve calls upstream for each order once it is placed, until SIGTERM.
func Serve(orders Orders) {
	term, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	server := &http.Server{Addr: "127.0.0.1:" + os.Getenv("PORT"), Handler: handler(orders)}
	go func() {
		if err := server.ListenAndServe(); err != http.ErrServerClosed {
			log.Fatal(err)
		}
	}()
	<-term.Done()
	// Every request is answered when the experiment stops a replica.
	_ = server.Close()
}

func handler(orders Orders) http.Handler {
	routes := http.NewServeMux()
	routes.HandleFunc("/health", func(response http.ResponseWriter, _ *http.Request) {
		answer(response, http.StatusOK, struct{}{})
	})
	routes.HandleFunc("/orders", func(response http.ResponseWriter, request *http.Request) {
		var order Order
		err := json.NewDecoder(request.Body).Decode(&order)
		if err == nil {
			err = orders.Place(order)
		}
		if err == nil {
			err = confirm(order.ID)
		}
		if err != nil {
			fail(response, err)
			return
		}
		answer(response, http.StatusCreated, order)
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

func confirm(id string) error {
	body := []byte(fmt.Sprintf(`{"order": %q}`, id))
	address := os.Getenv("UPSTREAM_URL") + "/confirmations"
	said, err := http.Post(address, "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	return said.Body.Close()
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
