import type { Requirement } from '../../../src/kata/index.js';

const at = (n: number): string => `m6.b1.requirement-${n}`;

/** Every rule belongs to one of them. */
export const requirements: readonly Requirement[] = [
  {
    item: at(1),
    title: {
      en: 'four services with their own databases',
      es: 'cuatro servicios con sus propias bases de datos',
    },
    rules: ['served-is-confirmed', 'taken-is-kept', 'effects-as-ordered', 'books-are-even'],
  },
  {
    item: at(2),
    title: { en: 'a message queue between them', es: 'una cola de mensajes entre ellos' },
    rules: [
      ...['state-change-has-its-event', 'event-has-its-state-change', 'told-as-ordered'],
      ...['correlates-with-its-order', 'duplicates-are-recognisable'],
    ],
  },
  {
    item: at(3),
    title: { en: 'a saga with compensation', es: 'una saga con compensación' },
    rules: [
      ...['every-order-ends', 'confirmed-has-all-three', 'rejected-keeps-nothing'],
      ...['rejected-has-a-cause', 'given-up-in-time', 'compensates-backwards', 'stays-undone'],
      'final-state-stays',
    ],
  },
  {
    item: at(4),
    title: { en: 'idempotency in every endpoint', es: 'idempotencia en todos los endpoints' },
    rules: [
      ...['one-order-a-key', 'same-answer', 'retry-is-answered', 'refuses-rightly'],
      ...['effect-once', 'asks-with-a-key', 'refused-is-not-stored'],
    ],
  },
  {
    item: at(5),
    title: { en: 'circuit breakers', es: 'circuit breakers' },
    rules: ['spares-what-is-down', 'asks-again'],
  },
  {
    item: at(6),
    title: { en: 'complete observability', es: 'observabilidad completa' },
    rules: [
      ...['one-graph-an-order', 'the-clients-context-goes-on', 'request-id-everywhere'],
      ...['logs-are-json', 'metrics-tell', 'nothing-is-lost-at-shutdown'],
    ],
  },
  {
    item: at(7),
    title: { en: 'rate limiting', es: 'límite de peticiones' },
    rules: [
      ...['clients-keep-their-limit', 'no-client-is-refused-below-it', 'retry-after-is-true'],
      ...['others-are-served', 'knows-its-clients'],
    ],
  },
];
