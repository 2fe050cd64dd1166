package main

import (
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"plan-lab/kit/telemetry"
)

// observed is one span, one line, one count a request; its id goes along with all that is done for it.
func observed(route string, answer http.HandlerFunc) http.HandlerFunc {
	return func(response http.ResponseWriter, request *http.Request) {
		id := requestIDOf(request.Header.Get("X-Request-Id"))
		response.Header().Set("X-Request-Id", id)
		ctx := telemetry.WithID(withRequestID(request.Context(), id), "request_id", id)
		noting := &noted{response, http.StatusOK}
		begun := time.Now()
		span := traced(route, noting, request.WithContext(ctx), answer)
		count(request.Method, route, noting.status, time.Since(begun), span)
	}
}

// traced goes on with the client's context where it sent one; who looks at health or metrics is no
// request.
func traced(
	route string, response *noted, request *http.Request, answer http.HandlerFunc,
) trace.SpanContext {
	if route == "/metrics" || request.URL.Path == "/health" {
		answer(response, request)
		return trace.SpanContext{}
	}
	name := request.Method
	attributes := []attribute.KeyValue{attribute.String("http.request.method", methodOf(request.Method))}
	if route != "" {
		name += " " + route
		attributes = append(attributes, attribute.String("http.route", route))
	}
	carrier := propagation.HeaderCarrier(request.Header)
	parent := otel.GetTextMapPropagator().Extract(request.Context(), carrier)
	ctx, span := otel.Tracer("api").Start(parent, name,
		trace.WithSpanKind(trace.SpanKindServer), trace.WithAttributes(attributes...))
	defer span.End()
	answer(response, request.WithContext(ctx))
	span.SetAttributes(attribute.Int("http.response.status_code", response.status))
	if response.status >= http.StatusInternalServerError {
		span.SetStatus(codes.Error, "")
	}
	if route != "" {
		slog.InfoContext(ctx, "answered", "status", response.status)
	}
	return span.SpanContext()
}

func count(method, route string, status int, took time.Duration, span trace.SpanContext) {
	if route == "" {
		route = "none"
	}
	histogram := telemetry.Requests.WithLabelValues(methodOf(method), route, strconv.Itoa(status))
	telemetry.Observe(histogram, took.Seconds(), span)
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
