package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	rabbit "github.com/rabbitmq/amqp091-go"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"plan-lab/kit/telemetry"
)

// observed goes on with the thread that the message carries: each attempt is a span of its own, and so
// is the statement in it.
func observed(pool *pgxpool.Pool) attempt {
	return func(ctx context.Context, order order, headers rabbit.Table) bool {
		carrier := textsIn(headers)
		ctx = otel.GetTextMapPropagator().Extract(ctx, carrier)
		ctx = telemetry.WithID(ctx, "order", order.Order)
		var requestID *string
		if id := carrier["x-request-id"]; id != "" {
			requestID = &id
			ctx = telemetry.WithID(ctx, "request_id", id)
		}
		ctx, span := otel.Tracer("worker").Start(ctx, "process orders",
			trace.WithSpanKind(trace.SpanKindConsumer), trace.WithAttributes(
				attribute.String("order.id", order.Order),
				attribute.String("messaging.system", "rabbitmq"),
				attribute.String("messaging.operation.type", "process"),
				attribute.String("messaging.destination.name", "orders"),
			))
		begun := time.Now()
		err := telemetry.Within(span, func() error { return stored(ctx, pool, order, requestID) })
		count(err, time.Since(begun), span.SpanContext())
		if err != nil {
			slog.ErrorContext(ctx, "the order failed, and is offered again", "error", err.Error())
			return false
		}
		slog.InfoContext(ctx, "stored")
		return true
	}
}

func stored(ctx context.Context, pool *pgxpool.Pool, order order, requestID *string) error {
	ctx, span := otel.Tracer("worker").Start(ctx, "INSERT orders",
		trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(
			attribute.String("db.system.name", "postgresql"),
			attribute.String("db.operation.name", "INSERT"),
			attribute.String("db.collection.name", "orders"),
			attribute.String("db.query.text", insert),
		))
	return telemetry.Within(span, func() error { return store(ctx, pool, order, requestID) })
}

var messages = telemetry.NewMessages("outcome")

func count(err error, took time.Duration, span trace.SpanContext) {
	outcome := "ok"
	if err != nil {
		outcome = "error"
	}
	telemetry.Observe(telemetry.Work.WithLabelValues(outcome), took.Seconds(), span)
	messages.WithLabelValues(outcome).Inc()
}

// textsIn: other values of AMQP carry no context.
func textsIn(headers rabbit.Table) propagation.MapCarrier {
	texts := propagation.MapCarrier{}
	for name, value := range headers {
		if text, is := value.(string); is {
			texts[name] = text
		}
	}
	return texts
}
