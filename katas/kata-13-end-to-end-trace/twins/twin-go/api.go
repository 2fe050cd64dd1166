// Package twin is both roles of kata 13 once more, written without the reference: a logger that is
// handed on, spans that are sent one by one, links in place of parents. Each twin breaks one thing.
package twin

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	rabbit "github.com/rabbitmq/amqp091-go"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"plan-lab/kit"
	"plan-lab/kit/amqp"
)

// Fault is what a twin does wrong; the empty one is right.
type Fault string

const (
	None             Fault = ""
	NoPropagator     Fault = "no propagator"
	NoContext        Fault = "no context"
	EndsBeforeFlush  Fault = "ends before the flush"
	confirmWithin          = 3 * time.Second
	allowedInRequest       = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"
)

var seconds = prometheus.NewHistogramVec(prometheus.HistogramOpts{
	Name: "http_server_request_duration_seconds", Help: "Requests.", Buckets: borders,
}, []string{"http_request_method", "http_route", "http_response_status_code"})

type answer struct {
	http.ResponseWriter
	status int
}

func (a *answer) WriteHeader(status int) {
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

// API is the edge.
func API(fault Fault) {
	env := kit.ReadEnvironment()
	flush := start(fault)
	publisher := amqp.NewPublisher(env.Required("AMQP_URL"))
	prometheus.MustRegister(seconds)
	page := promhttp.Handler()
	kit.RunAround(env.Port(), func(context.Context) (kit.Routes, func(), error) {
		return kit.Routes{
			"GET /metrics": func(kit.Request) (int, any, error) { return 0, page, nil },
			"POST /orders": func(request kit.Request) (int, any, error) { return place(request, publisher) },
		}, func() { publisher.Close(); flush() }, nil
	}, around)
}

func around(route string, next http.HandlerFunc) http.HandlerFunc {
	return func(response http.ResponseWriter, request *http.Request) {
		id := request.Header.Get("X-Request-Id")
		if len(id) == 0 || len(id) > 64 || strings.Trim(id, allowedInRequest) != "" {
			id = fmt.Sprintf("%016x%016x", rand.Uint64(), rand.Uint64())
		}
		request.Header.Set("X-Request-Id", id)
		response.Header().Set("X-Request-Id", id)
		noted := &answer{response, http.StatusOK}
		begun := time.Now()
		defer func() {
			seconds.WithLabelValues(request.Method, route, strconv.Itoa(noted.status)).Observe(time.Since(begun).Seconds())
		}()
		if route != "/orders" {
			next(noted, request)
			return
		}
		parent := otel.GetTextMapPropagator().Extract(request.Context(), propagation.HeaderCarrier(request.Header))
		ctx, span := otel.Tracer("twin").Start(parent, "POST /orders", trace.WithSpanKind(trace.SpanKindServer))
		defer span.End()
		next(noted, request.WithContext(ctx))
	}
}

func place(request kit.Request, publisher *amqp.Publisher) (int, any, error) {
	var order struct {
		ID       string `json:"id"`
		SKU      string `json:"sku"`
		Quantity int    `json:"quantity"`
	}
	if err := request.JSON(&order); err != nil {
		return 0, nil, err
	}
	if order.ID == "" || order.SKU == "" || order.Quantity < 1 {
		return 0, nil, fmt.Errorf("%w: it is no order", kit.ErrBadRequest)
	}
	id := request.Header.Get("X-Request-Id")
	told := slog.With("request_id", id, "order", order.ID)
	trace.SpanFromContext(request.Context()).SetAttributes(attribute.String("order.id", order.ID))
	ctx, span := otel.Tracer("twin").Start(request.Context(), "publish", trace.WithSpanKind(trace.SpanKindProducer))
	defer span.End()
	carrier := propagation.MapCarrier{}
	otel.GetTextMapPropagator().Inject(ctx, carrier)
	headers := rabbit.Table{"x-request-id": id}
	for name, value := range carrier {
		headers[name] = value
	}
	body, err := json.Marshal(map[string]any{"order": order.ID, "sku": order.SKU, "quantity": order.Quantity})
	if err != nil {
		return 0, nil, err
	}
	message := rabbit.Publishing{MessageId: fmt.Sprintf("%016x%016x", rand.Uint64(), rand.Uint64()), Headers: headers, Body: body}
	err = publisher.AllWithin(confirmWithin, []amqp.Outgoing{{Exchange: "shop", Key: "OrderPlaced", Publishing: message}})
	if err != nil {
		told.Error("not taken", "why", err.Error())
		return http.StatusServiceUnavailable, map[string]string{"error": "not now"}, nil
	}
	told.Info("taken")
	return http.StatusAccepted, map[string]string{"id": order.ID}, nil
}
