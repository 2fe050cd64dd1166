import { trace, TraceFlags } from '@opentelemetry/api';
import {
  Counter,
  Histogram,
  register,
  Registry,
  type LabelValues,
  type Metric,
  type OpenMetricsContentType,
  type PrometheusContentType,
} from 'prom-client';
import type { Routes } from '../routes.js';

const openMetrics = Registry.OPENMETRICS_CONTENT_TYPE;
// Its histograms have exemplars in no other.
register.setContentType(openMetrics as unknown as PrometheusContentType);

/** Seconds: OpenTelemetry's advice for the durations of HTTP. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

export const requests = new Histogram({
  name: 'http_server_request_duration_seconds',
  help: 'How long requests took, by route: never by path, of which there is no end.',
  labelNames: ['http_request_method', 'http_route', 'http_response_status_code'],
  buckets,
  enableExemplars: true,
});

export const work = new Histogram({
  name: 'message_processing_duration_seconds',
  help: 'How long the work on a message took.',
  labelNames: ['outcome'],
  buckets,
  enableExemplars: true,
});

export const messages = new Counter({
  name: 'messages_processed_total',
  help: 'Messages that were worked on.',
  labelNames: ['message', 'outcome'],
});

/** Of a trace that is exported: nobody finds another one. */
export function tracedHere(): string | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  const isSampled = span !== undefined && (span.traceFlags & TraceFlags.SAMPLED) !== 0;
  return isSampled ? span.traceId : undefined;
}

/** Begins to measure; the trace leads from a bucket to one that is in it (an exemplar). */
export function timed<Label extends string>(
  histogram: Histogram<Label>,
): (labels: LabelValues<Label>, traceId?: string) => void {
  const from = performance.now();
  return (labels, traceId) => {
    // Its type has no labels of their own for exemplars.
    const exemplarLabels = (traceId === undefined
      ? {}
      : { trace_id: traceId }) as unknown as LabelValues<Label>;
    histogram.observe({ labels, value: (performance.now() - from) / 1000, exemplarLabels });
  };
}

/** Only OpenMetrics has exemplars: Prometheus asks for it, and whoever does not gets the older format. */
export const metricsRoute: Routes = {
  'GET /metrics': async (_, __, { accept = '' }) => {
    const isAsked = accept.includes('application/openmetrics-text');
    const contentType = isAsked ? openMetrics : Registry.PROMETHEUS_CONTENT_TYPE;
    const text = await pages(contentType).metrics();
    return { status: 200, body: undefined, text, contentType };
  },
};

/** prom-client renames a counter for good where it writes OpenMetrics: it is given one on top of it. */
function pages(contentType: PrometheusContentType | OpenMetricsContentType): Registry {
  const all = new Registry();
  all.setContentType(contentType as PrometheusContentType);
  for (const metric of register.getMetricsAsArray())
    all.registerMetric(Object.create(metric) as Metric);
  return all;
}
