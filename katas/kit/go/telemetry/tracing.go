// Package telemetry is what the Go implementations share that tell what they do: traces, lines and
// metrics. It is a module of its own: what it needs, only the katas about it fetch.
package telemetry

import (
	"context"
	"log/slog"
	"os"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/trace"
	api "go.opentelemetry.io/otel/trace"
)

// The contract gives five seconds from SIGTERM to the end, and what was in hand takes some of them.
const flushWithin = time.Second

// StartTracing is the set-up that every service needs once. The exporter, the batches and the resource
// read their own variables (OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_BSP_…, OTEL_SERVICE_NAME). It returns what
// sends the spans that are still in hand: at the end, or the last ones are lost.
func StartTracing(ctx context.Context) (flush func(), err error) {
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, err
	}
	provider := trace.NewTracerProvider(trace.WithBatcher(exporter))
	otel.SetTracerProvider(provider)
	// Unlike other languages' SDKs, this one reads and writes no `traceparent` until it is told to.
	otel.SetTextMapPropagator(propagation.TraceContext{})
	return func() {
		limited, cancel := context.WithTimeout(context.Background(), flushWithin)
		defer cancel()
		if err := provider.Shutdown(limited); err != nil {
			slog.Error("the last spans were not sent", "error", err.Error())
		}
	}, nil
}

// Within ends the span with the work, and marks it where that fails.
func Within(span api.Span, work func() error) error {
	defer span.End()
	err := work()
	if err != nil {
		span.RecordError(err)
		span.SetStatus(codes.Error, err.Error())
	}
	return err
}

func serviceName() string { return os.Getenv("OTEL_SERVICE_NAME") }
