import type { Acts, Messages, Text } from '../../src/kata/index.js';

export const exchange = 'shop';
/** What the worker takes its messages from. */
export const queue = 'orders';
export const orderPlaced = 'OrderPlaced';

export const messages: Messages = {
  [orderPlaced]: {
    ...{ kind: 'event', from: 'api', to: ['worker'], exchange },
    body: { order: 'text', sku: 'text', quantity: 'integer' },
  },
};

/** The attribute of the server's and the consumer's span that says whose they are. */
export const orderAttribute = 'order.id';

/** A request id that a client may choose; any other one is replaced. */
export const isRequestId = (text: string): boolean => /^[A-Za-z0-9._-]{1,64}$/.test(text);

export const httpSeconds = 'http_server_request_duration_seconds';
export const workSeconds = 'message_processing_duration_seconds';
export const processed = 'messages_processed_total';

/** Seconds; what every histogram of the kata has at least (OpenTelemetry's advice for HTTP). */
export const buckets = [
  ...[0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25],
  ...[0.5, 0.75, 1, 2.5, 5, 7.5, 10],
] as const;

/** Goods whose orders the database refuses so many times before it takes them. */
export const failing = { 'fails-once': 1, 'fails-twice': 2 } as const;
export type FailingSku = keyof typeof failing;

/** What of an order's id is found in any line about it, however that writes quotes. */
export const orderPattern = /order-[a-z-]+-\d{5}/g;

/** So long the lab holds one statement. */
export const heldMs = 300;

/** Series that a flood of unknown paths may add: one for "no route", by method and status. */
export const mostNewSeries = 4;

const told = ['one-graph-a-request', 'request-id-everywhere', 'logs-are-json'];
const counted = ['metrics-equal-what-was-sent', 'metrics-are-well-formed'];

const act = (title: Text, breaks: readonly string[], covers: readonly string[]) => ({
  ...{ title, breaks, covers },
});

export const acts: Acts = {
  contexts: act(
    {
      en: 'clients with, without and with an invalid context',
      es: 'clientes con contexto, sin él y con uno no válido',
    },
    [
      ...[...told, ...counted, 'the-clients-context-goes-on', 'an-invalid-context-is-replaced'],
      ...['not-sampled-is-not-exported', 'not-sampled-is-handed-on'],
    ],
    ['contexts-came'],
  ),
  'comes-twice': act(
    {
      en: 'a message that comes again when it is done',
      es: 'un mensaje que llega otra vez ya hecho',
    },
    [...told, ...counted, 'a-redelivery-is-a-span'],
    ['a-message-came-twice'],
  ),
  crowd: act(
    { en: 'many requests at once', es: 'muchas peticiones a la vez' },
    [...told, ...counted, 'the-clients-context-goes-on', 'inside-is-within-outside'],
    ['requests-overlapped'],
  ),
  'fails-once': act(
    {
      en: 'a message that fails, and comes again',
      es: 'un mensaje que falla y vuelve a llegar',
    },
    [...told, ...counted, 'errors-are-marked', 'a-redelivery-is-a-span'],
    ['a-message-failed'],
  ),
  'slow-statement': act(
    { en: 'a statement that waits for a lock', es: 'una sentencia que espera un bloqueo' },
    [...told, ...counted, 'the-slow-statement-shows'],
    ['a-statement-waited'],
  ),
  'unknown-paths': act(
    { en: 'a flood of unknown paths', es: 'una avalancha de rutas desconocidas' },
    [...told, ...counted, 'labels-are-bounded', 'inside-is-within-outside'],
    ['paths-were-asked'],
  ),
  slo: act(
    {
      en: 'a short spike and an outage, with an objective (--slo on)',
      es: 'un pico breve y una caída, con un objetivo (--slo on)',
    },
    ['the-sli-agrees', 'an-outage-pages', 'a-spike-pages-nobody'],
    ['prometheus-looked', 'the-outage-lasted', 'the-spike-was-short'],
  ),
  shutdown: act(
    {
      en: 'SIGTERM right after the last request',
      es: 'SIGTERM justo tras la última petición',
    },
    [...told, 'nothing-is-lost-at-shutdown', 'answers-once-it-is-safe'],
    ['stopped-at-once'],
  ),
};
