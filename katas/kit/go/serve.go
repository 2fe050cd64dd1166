package kit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// Service opens what its routes need; /health answers only once it is there: with 200, unless the
// routes have a GET /health of their own.
type Service func(context.Context) (routes Routes, closeAll func(), err error)

// Around sees every request, with the route as it is written ("/orders/{order}"; "" where no route is
// for it), before and after it is answered: for ids, metrics, traces. What was answered goes out once it
// has returned.
type Around func(route string, answer http.HandlerFunc) http.HandlerFunc

// headersWithin bounds how long one may take over the head of a request. It counts from a connection's
// beginning, too, so it has to leave time for whoever opens ten thousand of them first.
const headersWithin = time.Minute

// The contract gives five seconds from SIGTERM to the end.
const drainWithin = 4 * time.Second

// Run is the life of an implementation: open, be healthy, serve, drain on SIGTERM, end with 0.
func Run(port int, open Service) {
	RunAround(port, open, func(_ string, answer http.HandlerFunc) http.HandlerFunc { return answer })
}

// RunAround is Run with something around every request.
func RunAround(port int, open Service, around Around) {
	term, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	err := run(term, port, open, around)
	// Before anything is served there is nothing to drain.
	if errors.Is(err, context.Canceled) && term.Err() != nil {
		err = nil
	}
	if err != nil {
		log.Print(err)
		os.Exit(1)
	}
}

func run(term context.Context, port int, open Service, around Around) error {
	routes, closeAll, err := open(term)
	if err != nil {
		return err
	}
	defer closeAll()
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return err
	}
	fresh := &freshConnections{open: map[net.Conn]bool{}}
	server := &http.Server{
		Handler: handler(routes, around), ConnState: fresh.note, ReadHeaderTimeout: headersWithin,
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()

	select {
	case err := <-served:
		return err
	case <-term.Done():
	}
	deadline, cancel := context.WithTimeout(context.Background(), drainWithin)
	defer cancel()
	fresh.closeAll()
	return server.Shutdown(deadline)
}

func handler(routes Routes, around Around) http.Handler {
	compiled := routes.compile()
	return http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		found, parameters := find(compiled, request)
		answer := func(response http.ResponseWriter, request *http.Request) {
			respond(response, Request{request, parameters}, found.handle)
		}
		around(found.path, answer)(response, request)
	})
}

func respond(response http.ResponseWriter, request Request, handle Handler) {
	if handle == nil && request.Method == "GET" && request.URL.Path == "/health" {
		reply(response, http.StatusOK, map[string]string{"status": "ok"})
		return
	}
	if handle == nil {
		reply(response, http.StatusNotFound, map[string]string{"error": "not found"})
		return
	}
	status, body, err := handle(request)
	whole, isWhole := body.(http.Handler)
	switch {
	case errors.Is(err, ErrBadRequest):
		reply(response, http.StatusBadRequest, map[string]string{"error": err.Error()})
	case errors.Is(err, ErrTooLarge):
		reply(response, http.StatusRequestEntityTooLarge, map[string]string{"error": err.Error()})
	case err != nil:
		log.Printf("%s %s: %v", request.Method, request.URL.Path, err)
		reply(response, http.StatusInternalServerError, map[string]string{"error": "internal error"})
	case isWhole:
		whole.ServeHTTP(response, request.Request)
	default:
		reply(response, status, body)
	}
}

func reply(response http.ResponseWriter, status int, body any) {
	contentType := "application/json"
	if typed, is := body.(Typed); is {
		contentType = typed.ContentType()
	}
	response.Header().Set("Content-Type", contentType)
	if headed, is := body.(Headed); is {
		for name, value := range headed.Headers() {
			response.Header().Set(name, value)
		}
	}
	response.WriteHeader(status)
	// An error here means that the client is gone.
	_ = json.NewEncoder(response).Encode(body)
}

// freshConnections are those on which no request came yet. Shutdown waits up to five seconds for
// them to say something, which is all the time that the contract gives.
type freshConnections struct {
	lock     sync.Mutex
	open     map[net.Conn]bool
	draining bool
}

func (f *freshConnections) note(connection net.Conn, state http.ConnState) {
	f.lock.Lock()
	defer f.lock.Unlock()
	switch {
	case state != http.StateNew:
		delete(f.open, connection)
	case f.draining:
		_ = connection.Close()
	default:
		f.open[connection] = true
	}
}

func (f *freshConnections) closeAll() {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.draining = true
	for connection := range f.open {
		_ = connection.Close()
	}
}
