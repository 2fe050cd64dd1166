package telemetry

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// What a client may choose: anything longer or stranger would end in every log and header.
var allowed = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// Observed is one span, one line, one count a request; its id goes along with all that is done for it.
func Observed(route string, answer http.HandlerFunc) http.HandlerFunc {
	return Counted(route, func(response http.ResponseWriter, request *http.Request) {
		id := request.Header.Get("X-Request-Id")
		if !allowed.MatchString(id) {
			id = newID()
		}
		response.Header().Set("X-Request-Id", id)
		traced(route, response, request.WithContext(WithRequestID(request.Context(), id)), answer)
	})
}

// Counted only counts, and takes the time.
func Counted(route string, answer http.HandlerFunc) http.HandlerFunc {
	name := route
	if name == "" {
		name = "none"
	}
	return func(response http.ResponseWriter, request *http.Request) {
		noting := &noted{response, http.StatusOK}
		begun := time.Now()
		answer(noting, request)
		Requests.WithLabelValues(methodOf(request.Method), name, strconv.Itoa(noting.status)).
			Observe(time.Since(begun).Seconds())
	}
}

// traced goes on with the client's context where it sent one; who looks at health or metrics is no
// request.
func traced(route string, response http.ResponseWriter, request *http.Request, answer http.HandlerFunc) {
	if route == "/metrics" || request.URL.Path == "/health" {
		answer(response, request)
		return
	}
	ctx, span := serving(route, request)
	defer span.End()
	noting := &noted{response, http.StatusOK}
	answer(noting, request.WithContext(ctx))
	span.SetAttributes(attribute.Int("http.response.status_code", noting.status))
	if noting.status >= http.StatusInternalServerError {
		span.SetStatus(codes.Error, "")
	}
	if route != "" {
		slog.InfoContext(ctx, "answered", "status", noting.status)
	}
}

func serving(route string, request *http.Request) (context.Context, trace.Span) {
	name := methodOf(request.Method)
	attributes := []attribute.KeyValue{attribute.String("http.request.method", name)}
	if route != "" {
		name += " " + route
		attributes = append(attributes, attribute.String("http.route", route))
	}
	carrier := propagation.HeaderCarrier(request.Header)
	parent := otel.GetTextMapPropagator().Extract(request.Context(), carrier)
	return otel.Tracer("requests").Start(parent, name,
		trace.WithSpanKind(trace.SpanKindServer), trace.WithAttributes(attributes...))
}

// noted is an answer whose status is still known when it has been given.
type noted struct {
	http.ResponseWriter
	status int
}

func (n *noted) WriteHeader(status int) {
	n.status = status
	n.ResponseWriter.WriteHeader(status)
}

// methodOf: clients may invent methods without end, and a label's values are few.
func methodOf(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch,
		http.MethodDelete, http.MethodOptions, http.MethodConnect, http.MethodTrace:
		return method
	}
	return "_OTHER"
}

func newID() string {
	var digits [16]byte
	// The system's source of randomness; where that fails nothing can be told apart any more.
	if _, err := rand.Read(digits[:]); err != nil {
		panic(err)
	}
	return hex.EncodeToString(digits[:])
}
