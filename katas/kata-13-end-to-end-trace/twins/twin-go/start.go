package twin

import (
	"context"
	"log"
	"log/slog"
	"os"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	sdk "go.opentelemetry.io/otel/sdk/trace"
)

// Others beside those of the contract.
var borders = []float64{
	0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.2, 0.25, 0.3, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
}

// start returns what sends the spans in hand.
func start(fault Fault) func() {
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, field slog.Attr) slog.Attr {
			if field.Key == slog.MessageKey {
				field.Key = "message"
			}
			return field
		},
	})))
	exporter, err := otlptracehttp.New(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	provider := sdk.NewTracerProvider(sdk.WithBatcher(exporter, sdk.WithBatchTimeout(200*time.Millisecond)))
	otel.SetTracerProvider(provider)
	if fault != NoPropagator {
		otel.SetTextMapPropagator(propagation.TraceContext{})
	}
	return func() {
		if fault == EndsBeforeFlush {
			os.Exit(0)
		}
		limited, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = provider.Shutdown(limited)
	}
}
