package telemetry

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

const requestIDHeader = "x-request-id"

type requestIDKey struct{}

// RequestIDIn is of the request that this work is part of; empty where none is known.
func RequestIDIn(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// WithRequestID has lines, messages and calls with this context carry it on.
func WithRequestID(ctx context.Context, id string) context.Context {
	if id == "" {
		return ctx
	}
	return WithID(context.WithValue(ctx, requestIDKey{}, id), "request_id", id)
}

// Consuming goes on with the thread that a message carries in its headers: each attempt at it is a span
// of its own.
func Consuming(ctx context.Context, queue, order string, headers map[string]string) (context.Context, trace.Span) {
	return otel.Tracer("consumer").Start(OnThread(ctx, order, headers), "process "+queue,
		trace.WithSpanKind(trace.SpanKindConsumer), trace.WithAttributes(
			attribute.String("order.id", order),
			attribute.String("messaging.system", "rabbitmq"),
			attribute.String("messaging.operation.type", "process"),
			attribute.String("messaging.destination.name", queue),
		))
}

// OnThread goes on with the thread of these headers, for what nothing that just came asks for.
func OnThread(ctx context.Context, order string, headers map[string]string) context.Context {
	ctx = otel.GetTextMapPropagator().Extract(ctx, propagation.MapCarrier(headers))
	return WithRequestID(WithID(ctx, "order", order), headers[requestIDHeader])
}

// Producing is the making of a message; its headers carry the thread on to whoever takes it.
func Producing(ctx context.Context, exchange, key string) (headers map[string]string) {
	ctx, span := otel.Tracer("producer").Start(ctx, "create "+key,
		trace.WithSpanKind(trace.SpanKindProducer), trace.WithAttributes(
			attribute.String("messaging.system", "rabbitmq"),
			attribute.String("messaging.operation.type", "create"),
			attribute.String("messaging.destination.name", exchange),
			attribute.String("messaging.rabbitmq.destination.routing_key", key),
		))
	defer span.End()
	return Carried(ctx)
}

// Carried is what a message or a call of this context has to carry.
func Carried(ctx context.Context) map[string]string {
	carrier := propagation.MapCarrier{}
	otel.GetTextMapPropagator().Inject(ctx, carrier)
	if id := RequestIDIn(ctx); id != "" {
		carrier[requestIDHeader] = id
	}
	return carrier
}

// Statement is a span around one statement of PostgreSQL's.
func Statement(ctx context.Context, operation, table string, run func(context.Context) error) error {
	ctx, span := otel.Tracer("postgres").Start(ctx, operation+" "+table,
		trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(
			attribute.String("db.system.name", "postgresql"),
			attribute.String("db.operation.name", operation),
			attribute.String("db.collection.name", table),
		))
	return Within(span, func() error { return run(ctx) })
}
