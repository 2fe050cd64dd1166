import { Counter, Histogram, register } from 'prom-client';
import type { Routes } from '../routes.js';

/** Seconds: OpenTelemetry's advice for the durations of HTTP. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

export const requests = new Histogram({
  name: 'http_server_request_duration_seconds',
  help: 'How long requests took, by route: never by path, of which there is no end.',
  labelNames: ['http_request_method', 'http_route', 'http_response_status_code'],
  buckets,
});

export const work = new Histogram({
  name: 'message_processing_duration_seconds',
  help: 'How long the work on a message took.',
  labelNames: ['outcome'],
  buckets,
});

export const messages = new Counter({
  name: 'messages_processed_total',
  help: 'Messages that were worked on.',
  labelNames: ['message', 'outcome'],
});

export const metricsRoute: Routes = {
  'GET /metrics': async () => ({
    status: 200,
    body: undefined,
    text: await register.metrics(),
    contentType: register.contentType,
  }),
};
