package telemetry

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	api "go.opentelemetry.io/otel/trace"

	"plan-lab/kit"
)

// Seconds: OpenTelemetry's advice for the durations of HTTP.
var buckets = []float64{0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10}

var (
	// Requests has labels for the method, the route and the status.
	Requests = promauto.NewHistogramVec(prometheus.HistogramOpts{
		Name:    "http_server_request_duration_seconds",
		Help:    "How long requests took, by route: never by path, of which there is no end.",
		Buckets: buckets,
	}, []string{"http_request_method", "http_route", "http_response_status_code"})
	// Work has a label for the outcome.
	Work = promauto.NewHistogramVec(prometheus.HistogramOpts{
		Name:    "message_processing_duration_seconds",
		Help:    "How long the work on a message took.",
		Buckets: buckets,
	}, []string{"outcome"})
)

// NewMessages has such labels: the outcome, and what else a program tells apart.
func NewMessages(labels ...string) *prometheus.CounterVec {
	return promauto.NewCounterVec(prometheus.CounterOpts{
		Name: "messages_processed_total",
		Help: "Messages that were worked on.",
	}, labels)
}

// Observe adds seconds to a histogram, with the trace that leads from a bucket to one that is in it (an
// exemplar), where that is exported: nobody finds another one.
func Observe(histogram prometheus.Observer, seconds float64, span api.SpanContext) {
	exemplars, has := histogram.(prometheus.ExemplarObserver)
	if !has || !span.IsSampled() {
		histogram.Observe(seconds)
		return
	}
	exemplars.ObserveWithExemplar(seconds, prometheus.Labels{"trace_id": span.TraceID().String()})
}

// MetricsRoute is what Prometheus asks. Only OpenMetrics has exemplars: who does not ask for it gets the
// older format.
func MetricsRoute() kit.Routes {
	page := promhttp.HandlerFor(prometheus.DefaultGatherer, promhttp.HandlerOpts{EnableOpenMetrics: true})
	return kit.Routes{"GET /metrics": func(kit.Request) (int, any, error) { return 0, page, nil }}
}
