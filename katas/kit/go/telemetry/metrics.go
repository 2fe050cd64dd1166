package telemetry

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"

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

// MetricsRoute is what Prometheus asks.
func MetricsRoute() kit.Routes {
	page := promhttp.Handler()
	return kit.Routes{"GET /metrics": func(kit.Request) (int, any, error) { return 0, page, nil }}
}
