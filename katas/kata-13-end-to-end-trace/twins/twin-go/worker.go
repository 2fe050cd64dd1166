package twin

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	rabbit "github.com/rabbitmq/amqp091-go"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"plan-lab/kit"
	"plan-lab/kit/amqp"
	"plan-lab/kit/postgres"
)

var (
	work = prometheus.NewHistogram(prometheus.HistogramOpts{
		Name: "message_processing_duration_seconds", Help: "Work.", Buckets: borders,
	})
	processed = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "messages_processed_total", Help: "Messages.",
	}, []string{"outcome"})
)

var errAgain = errors.New("once more")

type message struct {
	Order    string `json:"order"`
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
}

// Worker stores what comes.
func Worker(fault Fault) {
	env := kit.ReadEnvironment()
	database, broker := env.Required("DATABASE_URL"), env.Required("AMQP_URL")
	flush := start(fault)
	prometheus.MustRegister(work, processed)
	page := promhttp.Handler()
	kit.Run(env.Port(), func(ctx context.Context) (kit.Routes, func(), error) {
		pool, err := postgres.OpenPoolOf(ctx, database, 5)
		if err != nil {
			return nil, nil, err
		}
		worker, err := amqp.Start(ctx, amqp.Consumption{
			URL: broker, Queue: "orders", Prefetch: 5,
			Handle: func(ctx context.Context, one rabbit.Delivery, _ *amqp.Channel) (amqp.Verdict, error) {
				return take(ctx, pool, one, fault)
			},
		})
		if err != nil {
			return nil, nil, err
		}
		routes := kit.HealthyWhile(worker.IsConsuming)
		routes["GET /metrics"] = func(kit.Request) (int, any, error) { return 0, page, nil }
		return routes, func() { worker.Stop(); pool.Close(); flush() }, nil
	})
}

// take begins a trace of its own for each attempt, which links to the message's.
func take(ctx context.Context, pool *pgxpool.Pool, one rabbit.Delivery, fault Fault) (amqp.Verdict, error) {
	var order message
	if err := json.Unmarshal(one.Body, &order); err != nil {
		return amqp.Discard, nil
	}
	texts := propagation.MapCarrier{}
	for name, value := range one.Headers {
		if text, is := value.(string); is {
			texts[name] = text
		}
	}
	from := trace.SpanContextFromContext(otel.GetTextMapPropagator().Extract(ctx, texts))
	id := texts["x-request-id"]
	told := slog.With("request_id", id, "order", order.Order)
	options := []trace.SpanStartOption{
		trace.WithSpanKind(trace.SpanKindConsumer), trace.WithAttributes(attribute.String("order.id", order.Order)),
	}
	if from.IsValid() && !from.IsSampled() {
		// Nobody is to pay for it here either.
		ctx = trace.ContextWithRemoteSpanContext(ctx, from)
	} else if from.IsValid() {
		options = append(options, trace.WithLinks(trace.Link{SpanContext: from}))
	}
	ctx, span := otel.Tracer("twin").Start(ctx, "take", options...)
	defer span.End()
	begun := time.Now()
	err := store(ctx, pool, order, id, fault)
	work.Observe(time.Since(begun).Seconds())
	if err != nil {
		processed.WithLabelValues("error").Inc()
		span.SetStatus(codes.Error, err.Error())
		told.Error("not stored", "why", err.Error())
		return amqp.Requeue, errAgain
	}
	processed.WithLabelValues("ok").Inc()
	told.Info("stored")
	return amqp.Ack, nil
}

func store(ctx context.Context, pool *pgxpool.Pool, order message, id string, fault Fault) error {
	under := ctx
	if fault == NoContext {
		under = context.Background()
	}
	_, span := otel.Tracer("twin").Start(under, "insert", trace.WithSpanKind(trace.SpanKindClient))
	defer span.End()
	_, err := pool.Exec(ctx, "INSERT INTO orders VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
		order.Order, order.SKU, order.Quantity, id)
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
	return err
}
